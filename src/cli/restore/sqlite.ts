import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { load } from '../../db/backup/load.ts'
import { openDialect, SQLITE_FILE } from '../../db/open.ts'
import { syncFolder } from '../../lib/archive/write.ts'
import { SERVER_KEY_FILE } from '../../lib/server-key.ts'
import { UsageError } from '../arguments.ts'
import { removedAtEnd } from '../removed-at-end.ts'
import { hasOtherKey, keepAside, notEmpty, type Work } from './work.ts'

/**
 * Restores into the data folder. Everything is made in a folder of its own; two renames then put it in place, so that
 * at every moment a whole database has the name.
 * @returns where what was there before is; null if there was nothing
 */
export async function restoreSqlite(work: Work): Promise<string | null> {
  const { data, key, dump, mayReplace, progress } = work
  const target = join(data, SQLITE_FILE)
  if (!mayReplace && (existsSync(target) || hasOtherKey(work))) throw notEmpty(`The data folder ${data}`)
  if (existsSync(target)) closeLog(target)
  const making = join(data, `restoring-${process.pid}`)
  using _ = removedAtEnd(making)
  mkdirSync(making, { mode: 0o700 })
  await writeFile(join(making, SERVER_KEY_FILE), key, { mode: 0o600, flush: true })
  const database = await openDialect('sqlite', making, (error) => {
    throw error
  })
  try {
    await database.transact((tx) => load(tx, 'sqlite', dump, progress))
  } finally {
    await database.close()
  }
  const handle = await open(join(making, SQLITE_FILE), 'r+')
  await handle.sync().finally(() => handle.close())

  const aside = keepAside(data, [SQLITE_FILE, SERVER_KEY_FILE])
  // Only a database that could not be read still has a log; it must not be taken for that of the new one.
  for (const name of [`${SQLITE_FILE}-wal`, `${SQLITE_FILE}-shm`]) {
    if (aside && existsSync(join(data, name))) renameSync(join(data, name), join(aside, name))
  }
  renameSync(join(making, SERVER_KEY_FILE), join(data, SERVER_KEY_FILE))
  renameSync(join(making, SQLITE_FILE), target)
  await syncFolder(data)
  return aside
}

/**
 * Brings what is in the log of a database into its file, and the log away, so that a file put in its place is not read
 * together with it. Refuses while a server uses the database.
 */
function closeLog(file: string): void {
  const database = new DatabaseSync(file, { timeout: 1000 })
  try {
    database.exec('pragma journal_mode = delete')
  } catch (error) {
    const errcode = ((error as { errcode?: number }).errcode ?? 0) & PRIMARY_CODE
    if (errcode === SQLITE_BUSY) throw new UsageError('A server is using this data folder: stop it first.')
    // What is there cannot be read as a database; it is kept aside as it is.
    if (errcode !== SQLITE_NOTADB && errcode !== SQLITE_CORRUPT) throw error
  } finally {
    database.close()
  }
}

/** The bits of a result code that say what kind it is; the others say more. */
const PRIMARY_CODE = 0xff
const [SQLITE_BUSY, SQLITE_CORRUPT, SQLITE_NOTADB] = [5, 11, 26]
