import { renameSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { load } from '../../db/backup/load.ts'
import { hasTables, moveTablesAside } from '../../db/backup/target.ts'
import { openDialect } from '../../db/open.ts'
import { syncFolder } from '../../lib/archive/write.ts'
import { SERVER_KEY_FILE } from '../../lib/server-key.ts'
import { removedAtEnd } from '../removed-at-end.ts'
import { asideName, hasOtherKey, keepAside, notEmpty, type Work } from './work.ts'

/**
 * Restores into a PostgreSQL database, in one transaction, and the server's key into the data folder.
 * @returns where what was there before is; null if there was nothing
 */
export async function restorePostgres(url: string, work: Work): Promise<string | null> {
  const { data, key, dump, mayReplace, progress } = work
  if (!mayReplace && hasOtherKey(work)) throw notEmpty(`The data folder ${data}`)
  const newKey = join(data, `${SERVER_KEY_FILE}.${process.pid}.partial`)
  using _ = removedAtEnd(newKey)
  const database = await openDialect(url, data, (error) => {
    throw error
  })
  try {
    const { places } = await database.transact(async (tx) => {
      const schema = (await hasTables(tx)) ? asideName().replaceAll('-', '_') : null
      if (schema && !mayReplace) throw notEmpty('The PostgreSQL database')
      if (schema) await moveTablesAside(tx, schema)
      await load(tx, 'postgres', dump, progress)
      // The key comes first: rows without their key would be lost, while the old rows' key is kept aside.
      const aside = hasOtherKey(work) ? keepAside(data, [SERVER_KEY_FILE]) : null
      await writeFile(newKey, key, { mode: 0o600, flush: true })
      renameSync(newKey, join(data, SERVER_KEY_FILE))
      await syncFolder(data)
      return { places: [schema && `the schema ${schema}`, aside].filter((place) => place !== null) }
    })
    return places.join(' and ') || null
  } finally {
    await database.close()
  }
}
