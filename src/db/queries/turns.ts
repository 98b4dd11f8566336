import { PostgresAdapter, sql } from 'kysely'
import type { Db } from '../database.ts'

/**
 * Waits until nobody else changes the same thing, to the end of the transaction, so that what is counted stays true until
 * more is added. SQLite has one writer and needs no waiting.
 * @param what names the thing: a kind and an id
 */
export async function takeTurn(tx: Db, what: string): Promise<void> {
  if (tx.getExecutor().adapter instanceof PostgresAdapter) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${what}, 0))`.execute(tx)
  }
}
