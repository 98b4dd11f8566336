import { type Kysely, sql } from 'kysely'
import type { Db } from '../database.ts'

/** Whether there are tables where a PostgreSQL database would put ours. */
export const hasTables = async (db: Db): Promise<boolean> => (await tableNames(db)).length > 0

/**
 * Moves every table of the current schema, with its rows and indexes, into a schema of its own. Its owner can look into
 * it, move it back, or drop it.
 * @param schema a name that is not taken
 */
export async function moveTablesAside(tx: Db, schema: string): Promise<void> {
  // Whoever still works on a table would be waited for without end, and hold up everyone after us.
  await sql`set local lock_timeout = '10s'`.execute(tx)
  await sql`create schema ${sql.id(schema)}`.execute(tx)
  for (const name of await tableNames(tx)) {
    await sql`alter table ${sql.id(name)} set schema ${sql.id(schema)}`.execute(tx)
  }
}

async function tableNames(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname::text as "name" from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace
  `.execute(db as unknown as Kysely<unknown>)
  return rows.map(({ name }) => name)
}
