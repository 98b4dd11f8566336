import { sql } from 'kysely'
import type { Db } from '../../src/db/database.ts'
import { until } from '../jobs/waiting.ts'
import type { TestServer } from '../server.ts'

/**
 * Does something while a transaction is open, which ends when the other waits for it or is done. SQLite has one writer:
 * there the other waits in any case.
 * @param begin what the transaction does before the other begins
 * @param end what it does when the other waits for it; PostgreSQL only
 * @returns what came of the other
 */
export async function meanwhile<T>(
  { ctx, dialect }: TestServer,
  begin: (tx: Db) => Promise<unknown>,
  other: () => Promise<T>,
  end: (tx: Db) => Promise<unknown> = async () => {},
): Promise<T> {
  const begun = Promise.withResolvers<number>()
  const release = Promise.withResolvers<void>()
  const holding = ctx.transact(async (tx) => {
    await begin(tx)
    if (dialect === 'sqlite') return begun.resolve(0)
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as "pid"`.execute(tx)
    begun.resolve(rows[0]!.pid)
    await release.promise
    await end(tx)
  })
  holding.catch(begun.reject)
  const pid = await begun.promise
  let isDone = false
  const doing = other().finally(() => (isDone = true))
  if (dialect === 'postgres') {
    const waiting = sql`select 1 from "pg_stat_activity" where ${pid} = any(pg_blocking_pids("pid"))`
    await until(async () => isDone || (await waiting.execute(ctx.db)).rows.length > 0)
  }
  release.resolve()
  await holding
  return doing
}
