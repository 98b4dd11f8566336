import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CompiledQuery, sql } from 'kysely'
import { bodyOf } from '../api/expect.ts'
import { onEachDatabase, type TestServer } from '../server.ts'

/** How a database answers each statement of a call, as it was when somebody last looked at it. */
interface Snapshot {
  /** Another version of the database may plan otherwise. */
  version: string
  plans: Record<string, string[][]>
}

const fileOf = (dialect: string) => join(import.meta.dirname, '../fixtures/plans', `${dialect}.json`)

/** What is called on every page of every client. */
const calls = (ids: { userId: string; noteId: string }): [path: string, params: object][] => [
  ['i', {}],
  ['users/show', { userId: ids.userId }],
  ['notes/show', { noteId: ids.noteId }],
  ['notes/timeline', {}],
  ['notes/hybrid-timeline', {}],
  ['notes/local-timeline', {}],
  ['notes/global-timeline', {}],
  ['users/notes', { userId: ids.userId }],
  ['notes/replies', { noteId: ids.noteId }],
  ['notes/children', { noteId: ids.noteId }],
  ['notes/renotes', { noteId: ids.noteId }],
  ['notes/mentions', {}],
  ['notes/search-by-tag', { tag: 'tag' }],
  ['users/followers', { userId: ids.userId }],
  ['users/following', { userId: ids.userId }],
]

/** Reading all of a table. A partial index holds few rows, and a place of `each` is a list made on the way. */
const isScan = (step: string): boolean =>
  /\bSeq Scan\b/.test(step) ||
  (/^SCAN (?!CONSTANT|place\b|reader\b|json_each)/.test(step) && !/USING (COVERING )?INDEX/.test(step))

onEachDatabase('the plans of hot queries', (open) => {
  test('use an index, and are those that were looked at', async () => {
    await using server = await open()
    const snapshot: Snapshot = { version: await versionOf(server), plans: await plansOf(server) }
    for (const [path, plans] of Object.entries(snapshot.plans)) {
      for (const plan of plans) assert.deepEqual(plan.filter(isScan), [], `${path}:\n${plan.join('\n')}`)
    }
    const file = fileOf(server.dialect)
    if (process.env['MAMEKEY_TEST_UPDATE'] === '1') writeFileSync(file, `${JSON.stringify(snapshot, null, 1)}\n`)
    assert.ok(existsSync(file))
    const known = JSON.parse(readFileSync(file, 'utf8')) as Snapshot
    if (known.version !== snapshot.version) return
    assert.deepEqual(snapshot.plans, known.plans, 'MAMEKEY_TEST_UPDATE=1 ./mamekey test test/db/plans writes them anew')
  })
})

async function versionOf({ ctx, dialect }: TestServer): Promise<string> {
  const asked = dialect === 'sqlite' ? sql`select sqlite_version() as "version"` : sql`show server_version`
  const { rows } = await asked.execute(ctx.db)
  // Of PostgreSQL's `15.19 (Debian …)` the first number says how it plans.
  const version = Object.values(rows[0] as object)[0] as string
  return dialect === 'sqlite' ? version : version.split('.')[0]!
}

/** The plan of each statement that each call sends, one line a step. */
async function plansOf(server: TestServer): Promise<Record<string, string[][]>> {
  const { alice, bob } = server
  const { createdNote } = bodyOf(await server.call('notes/create', { text: '#tag' }, alice))
  bodyOf(await server.call('following/create', { userId: bob.id }, alice))
  // Below the floor, a home timeline is read from the notes.
  const floor = { readerId: alice.id, noteId: createdNote.id }
  await server.ctx.transact((tx) => tx.insertInto('homeFloor').values(floor).execute())
  const plans: Record<string, string[][]> = {}
  for (const [path, params] of calls({ userId: alice.id, noteId: createdNote.id })) {
    const statements = await statementsOf(server, () => server.call(path, params, alice))
    plans[path] = []
    for (const statement of statements) plans[path].push(await planOf(server, statement))
  }
  return plans
}

/** The statements that are sent while `work` is done. */
async function statementsOf({ ctx }: TestServer, work: () => Promise<unknown>): Promise<CompiledQuery[]> {
  const executor = ctx.db.getExecutor()
  const execute = executor.executeQuery
  const seen = new Map<string, CompiledQuery>()
  executor.executeQuery = ((query: CompiledQuery) => {
    seen.set(query.sql, query)
    return execute.call(executor, query)
  }) as typeof execute
  try {
    await work()
  } finally {
    executor.executeQuery = execute
  }
  return [...seen.values()]
}

async function planOf({ ctx, dialect }: TestServer, { sql: text, parameters }: CompiledQuery): Promise<string[]> {
  if (dialect === 'sqlite') {
    const { rows } = await ctx.db.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${text}`, [...parameters]),
    )
    return rows.map(({ detail }) => detail)
  }
  const { rows } = await ctx.transact(async (tx) => {
    // A table of three rows is read whole whatever indices there are.
    await sql`set local enable_seqscan = off`.execute(tx)
    return tx.executeQuery<{ 'QUERY PLAN': string }>(CompiledQuery.raw(`explain (costs off) ${text}`, [...parameters]))
  })
  // Ids and times are others each time.
  return rows.map((row) => row['QUERY PLAN'].replaceAll(/'[^']*'/g, "'…'").replaceAll(/\d{6,}/g, '…'))
}
