import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Database } from '../../src/db/database.ts'
import { putSetting, settingsByName } from '../../src/db/queries/settings.ts'
import { testDatabase } from './databases.ts'

/** Lets the database grow by so many pages and no further, as a full disk would. */
const limitPages = (database: Database, more: number) =>
  database.transact(async (tx) => {
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(tx)
    await sql`pragma max_page_count = ${sql.lit(rows[0]!.page_count + more)}`.execute(tx)
  })

const big = 'x'.repeat(20_000)

test('a transaction the disk has no room for fails those it was to be committed with, and nothing after', async () => {
  await using opened = await testDatabase('sqlite')
  const { database } = opened
  await limitPages(database, 2)
  const done: string[] = []
  const write = (name: string, value: string) =>
    database.transact(async (tx, afterCommit) => {
      afterCommit(() => done.push(name))
      await putSetting(tx, name, value)
    })
  const outcomes = await Promise.allSettled([write('small', 'x'), write('big', big), write('later', 'x')])
  const rows = await settingsByName(database.db)
  assert.equal(outcomes[1].status, 'rejected')
  assert.match(String(outcomes[1].reason), /full/)
  for (const [index, name] of ['small', 'big', 'later'].entries()) {
    // Whatever was undone was said to be, and the other way round.
    assert.equal(outcomes[index]!.status === 'fulfilled', Object.hasOwn(rows, name), name)
    assert.equal(done.includes(name), Object.hasOwn(rows, name), name)
  }
  await limitPages(database, 1000)
  await database.transact((tx) => putSetting(tx, 'big', big))
  assert.equal((await settingsByName(database.db))['big'], big)
})

test('a full disk that a transaction takes no notice of leaves none of its rows', async () => {
  await using opened = await testDatabase('sqlite')
  const { database } = opened
  await limitPages(database, 2)
  const work = database.transact(async (tx) => {
    await putSetting(tx, 'before', 1)
    await putSetting(tx, 'big', big).catch(() => {})
    // SQLite has ended the transaction by itself: this would be written outside any.
    await putSetting(tx, 'after', 1).catch(() => {})
  })
  await assert.rejects(work, /full/)
  assert.deepEqual(await settingsByName(database.db), {})
})

test('a COMMIT that fails rejects everyone of the group and leaves the writer working', async () => {
  await using opened = await testDatabase('sqlite')
  const { database } = opened
  // A reference that is checked at COMMIT, in a table only this database has.
  await database.transact((tx) =>
    sql`create table "late" ("parent" text references "user" ("id") deferrable initially deferred)`.execute(tx),
  )
  const done: string[] = []
  const write = (name: string, orphan: boolean) =>
    database.transact(async (tx, afterCommit) => {
      afterCommit(() => done.push(name))
      await putSetting(tx, name, 1)
      if (orphan) await sql`insert into "late" values ('nobody')`.execute(tx)
    })
  const outcomes = await Promise.allSettled([write('a', false), write('b', true), write('c', false)])
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected', 'rejected'],
  )
  assert.deepEqual(await settingsByName(database.db), {})
  assert.deepEqual(done, [])
  await write('d', false)
  assert.deepEqual(await settingsByName(database.db), { d: 1 })
  assert.deepEqual(done, ['d'])
})
