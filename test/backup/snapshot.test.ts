import assert from 'node:assert/strict'
import { copyFileSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { load } from '../../src/db/backup/load.ts'
import { type Migration, migrations } from '../../src/db/migrations/all.ts'
import { openDatabase, openDialect } from '../../src/db/open.ts'
import { missing } from '../require.ts'
import { findPlace, type Place } from './place.ts'

const adding = (column: string): Migration => ({
  async up(db) {
    await sql`alter table "emoji" add column ${sql.id(column)} text`.execute(db)
  },
})

/** Opens the database as a program with these migrations would; what whoever runs it is told. */
async function openWith(place: Place, ...names: string[]): Promise<string[]> {
  const told: string[] = []
  const known = { ...migrations, ...Object.fromEntries(names.map((name) => [name, adding(name)])) }
  const database = await openDatabase(place.database, place.data, assert.ifError, {
    known,
    notify: (message) => told.push(message),
  })
  await database.close()
  return told
}

const snapshotsIn = (place: Place): string[] => readdirSync(join(place.data, 'snapshots')).sort()

test('an SQLite database is copied before it is migrated, the last two copies stay, and each leads back', async () => {
  await using place = await findPlace('sqlite')
  assert.deepEqual(await openWith(place), [])
  assert.ok(!existsSync(join(place.data, 'snapshots')), 'a new database has nothing to go back to')
  assert.deepEqual(await openWith(place), [])
  assert.ok(!existsSync(join(place.data, 'snapshots')), 'nor does one that is up to date')

  const [told] = await openWith(place, '8001-a')
  assert.match(told!, /snapshots\/before-8001-a\.sqlite$/)
  await openWith(place, '8001-a', '8002-b', '8003-c')
  assert.deepEqual(snapshotsIn(place), ['before-8001-a.sqlite', 'before-8002-b.sqlite'])
  await openWith(place, '8001-a', '8002-b', '8003-c', '8004-d')
  assert.deepEqual(snapshotsIn(place), ['before-8002-b.sqlite', 'before-8004-d.sqlite'])

  await assert.rejects(openWith(place, '8001-a'), /newer Mamekey/)
  copyFileSync(join(place.data, 'snapshots', 'before-8002-b.sqlite'), join(place.data, 'mamekey.sqlite'))
  assert.deepEqual(await openWith(place, '8001-a'), [], 'the old version runs on its copy again')
})

test('a migration that fails leaves the copy and the database as they were', async () => {
  await using place = await findPlace('sqlite')
  await openWith(place)
  const known = {
    ...migrations,
    '8001-bad': {
      async up() {
        throw new Error('the migration failed')
      },
    },
  }
  await assert.rejects(openDatabase('sqlite', place.data, assert.ifError, { known }), /the migration failed/)
  assert.deepEqual(snapshotsIn(place), ['before-8001-bad.sqlite'])
  assert.deepEqual(await openWith(place), [])
})

test('on PostgreSQL it says that there is no copy, and what to do before', { skip: missing('postgres') }, async () => {
  await using place = await findPlace('postgres')
  assert.deepEqual(await openWith(place), [])
  const [told] = await openWith(place, '8001-a')
  assert.match(told!, /no copy .* Run \.\/mamekey backup with the old version/)
  assert.ok(!existsSync(join(place.data, 'snapshots')))
})

test('what an older version backed up is migrated when it is restored', async () => {
  await using place = await findPlace('sqlite')
  const setting = gzipSync(`${JSON.stringify({ name: 'name', value: 'null' })}\n`)
  const dump = {
    migrations: Object.keys(migrations),
    tables: { setting: 1 },
    membersIn: (folder: string) => [`${folder}000001.jsonl.gz`],
    content: async () => setting,
  }
  const database = await openDialect('sqlite', place.data, assert.ifError)
  const known = { ...migrations, '8001-a': adding('8001-a') }
  await database.transact((tx) => load(tx, 'sqlite', dump, () => {}, known))
  const { rows } = await sql<{ name: string }>`select "name" from "migration" order by "name"`.execute(database.db)
  assert.equal(rows.at(-1)?.name, '8001-a')
  await sql`select "8001-a" from "emoji"`.execute(database.db)
  const settings = await database.db.selectFrom('setting').selectAll().execute()
  assert.deepEqual({ ...settings[0] }, { name: 'name', value: null })
  await database.close()
})
