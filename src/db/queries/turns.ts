import { sql } from 'kysely'
import type { Db } from '../database.ts'
import { isPostgres } from '../is-postgres.ts'

/**
 * Waits until nobody else changes the same thing, to the end of the transaction, so that what is counted stays true until
 * more is added. SQLite has one writer and needs no waiting.
 * @param what names the thing: a kind and an id
 */
export async function takeTurn(tx: Db, what: string): Promise<void> {
  if (isPostgres(tx)) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${what}, 0))`.execute(tx)
  }
}

/** The same for several things at once; in one order, so that nobody waits for another who waits for them. */
export async function takeTurns(tx: Db, what: readonly string[]): Promise<void> {
  if (what.length === 0 || !isPostgres(tx)) return
  const names = what.toSorted().map((name) => sql`(${name})`)
  await sql`select pg_advisory_xact_lock(hashtextextended("name", 0)) from (values ${sql.join(names)}) as "turn" ("name")`.execute(
    tx,
  )
}
