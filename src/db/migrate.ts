import { type Kysely, sql } from 'kysely'
import { ExplainedError } from '../lib/explained-error.ts'
import type { Database, Db } from './database.ts'
import { type Migration, migrations } from './migrations/all.ts'

/** Any number, the same in every process: only one of them migrates at a time. */
const LOCK = 0x6d616d65

/**
 * Brings the tables up to date, all missing migrations in one transaction.
 * @param known every migration there is
 * @returns the names of those that were run
 */
export const migrate = (
  database: Database,
  known: Readonly<Record<string, Migration>> = migrations,
): Promise<string[]> => database.transact((tx) => migrateInside(tx, database.dialect, known))

/** The same inside a transaction. */
export async function migrateInside(
  tx: Db,
  dialect: Database['dialect'],
  known: Readonly<Record<string, Migration>>,
): Promise<string[]> {
  if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx)
  await sql`create table if not exists "migration" ("name" text primary key, "appliedAt" bigint not null)`.execute(tx)
  const { rows } = await sql<{ name: string }>`select "name" from "migration"`.execute(tx)
  const applied = new Set(rows.map(({ name }) => name))
  const unknown = [...applied].filter((name) => !Object.hasOwn(known, name))
  if (unknown.length > 0) {
    throw new ExplainedError(
      `This database was used by a newer Mamekey (${unknown.join(', ')}): run that version or restore a backup`,
    )
  }
  const missing = Object.keys(known).filter((name) => !applied.has(name))
  for (const name of missing) {
    await known[name]!.up(tx as Kysely<unknown>, dialect)
    await sql`insert into "migration" ("name", "appliedAt") values (${name}, ${Date.now()})`.execute(tx)
  }
  return missing
}
