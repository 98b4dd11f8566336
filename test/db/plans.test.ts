import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CompiledQuery, sql } from 'kysely'
import { bodyOf } from '../api/expect.ts'
import { onEachDatabase, type TestServer } from '../server.ts'
import { fillLists, listCalls } from './lists.ts'

/** How a database answers each statement of a call, as it was when somebody last looked at it. */
interface Snapshot {
  /** Another version of the database may plan otherwise. */
  version: string
  plans: Record<string, string[][]>
}

const fileOf = (dialect: string) => join(import.meta.dirname, '../fixtures/plans', `${dialect}.json`)

/** Tables of one row. */
const ofOneRow = new Set(['searchCursor'])

/** The steps that read all of a table: of an index of few rows, and of what was made on the way, all may be read. */
function scansOf(plan: readonly string[]): string[] {
  const made = new Set(plan.flatMap((step) => /^(?:CO-ROUTINE|MATERIALIZE) (\S+)/.exec(step)?.[1] ?? []))
  return plan.filter((step) => {
    if (/\bSeq Scan\b/.test(step)) return ![...ofOneRow].some((table) => step.includes(`"${table}"`))
    const [, name = 'CONSTANT'] = /^SCAN (\S+)/.exec(step) ?? []
    return name !== 'CONSTANT' && !made.has(name) && !ofOneRow.has(name) && !/ INDEX /.test(step)
  })
}

onEachDatabase('the plans of lists', (open) => {
  test('use an index, and are those that were looked at', async () => {
    await using server = await open()
    const snapshot: Snapshot = { version: await versionOf(server), plans: await plansOf(server) }
    for (const [path, plans] of Object.entries(snapshot.plans)) {
      for (const plan of plans) assert.deepEqual(scansOf(plan), [], `${path}:\n${plan.join('\n')}`)
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

/** The plan of each statement that each call sends and none before it did, one line a step. */
async function plansOf(server: TestServer): Promise<Record<string, string[][]>> {
  const listed = await fillLists(server)
  // Below the floor, a home timeline is read from the notes.
  const floor = { readerId: server.alice.id, noteId: listed.noteId }
  await server.ctx.transact((tx) => tx.insertInto('homeFloor').values(floor).execute())
  const plans: Record<string, string[][]> = {}
  const known = new Set<string>()
  for (const [path, params, as = server.alice] of listCalls(server, listed)) {
    const statements = await statementsOf(server, async () => bodyOf(await server.call(path, params, as)))
    const name = [path, ...(path in plans ? [JSON.stringify(Object.keys(params))] : [])].join(' ')
    plans[name] = []
    for (const statement of statements) {
      if (!known.has(statement.sql)) plans[name].push(await planOf(server, statement))
      known.add(statement.sql)
    }
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
