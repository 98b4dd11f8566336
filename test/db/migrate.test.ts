import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { sql } from 'kysely'
import { migrate } from '../../src/db/migrate.ts'
import { migrations } from '../../src/db/migrations/all.ts'
import { onEachDatabase } from './databases.ts'

const modules = new URL('../../src/db/', import.meta.url)

/** Opens a database in a process of its own, and prints which migrations were still missing then. */
const program = `
  import { openDatabase } from ${JSON.stringify(new URL('open.ts', modules).href)}
  import { migrate } from ${JSON.stringify(new URL('migrate.ts', modules).href)}
  const database = await openDatabase(process.argv[1], process.argv[2], console.error)
  console.log(JSON.stringify(await migrate(database)))
  await database.close()
`

onEachDatabase('Migrating', (open, find) => {
  test('runs every migration once', async () => {
    await using opened = await open()
    const { database } = opened
    assert.deepEqual(await migrate(database), [])
    assert.deepEqual(await migrate(await opened.again()), [])
    const { rows } = await sql<{ name: string }>`select "name" from "migration" order by "name"`.execute(database.db)
    assert.deepEqual(
      rows.map(({ name }) => name),
      Object.keys(migrations),
    )
  })

  test('is done by one of several processes that start at once', { timeout: 30_000 }, async () => {
    const { settings, remove } = await find()
    const outcomes = await Promise.all(
      [1, 2, 3].map(async () => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', program, settings.database, settings.data])
        const output: string[] = []
        for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(String(chunk)))
        const [code] = await once(child, 'close')
        return { code, output: output.join('') }
      }),
    )
    assert.deepEqual(outcomes, Array(3).fill({ code: 0, output: '[]\n' }))
    await remove()
  })

  test('refuses a database of a newer version, and leaves it as it is', async () => {
    await using opened = await open()
    await opened.database.transact((tx) =>
      sql`insert into "migration" ("name", "appliedAt") values ('9999-future', 1)`.execute(tx),
    )
    await assert.rejects(opened.again(), {
      message: 'This database was used by a newer Mamekey (9999-future): run that version or restore a backup',
    })
  })
})
