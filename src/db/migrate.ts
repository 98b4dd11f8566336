import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'
import { migrations } from './migrations/all.ts'

/** Any number, the same in every process: only one of them migrates at a time. */
const LOCK = 0x6d616d65

/**
 * Brings the tables up to date, all missing migrations in one transaction.
 * @returns the names of those that were run
 */
export function migrate(database: Database): Promise<string[]> {
  return database.transact(async (tx) => {
    if (database.dialect === 'postgres') await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx)
    await sql`create table if not exists "migration" ("name" text primary key, "appliedAt" bigint not null)`.execute(tx)
    const { rows } = await sql<{ name: string }>`select "name" from "migration"`.execute(tx)
    const applied = new Set(rows.map(({ name }) => name))
    const unknown = [...applied].filter((name) => !Object.hasOwn(migrations, name))
    if (unknown.length > 0) {
      throw new Error(
        `This database was used by a newer Mamekey (${unknown.join(', ')}): run that version or restore a backup`,
      )
    }
    const missing = Object.keys(migrations).filter((name) => !applied.has(name))
    for (const name of missing) {
      await migrations[name]!.up(tx as Kysely<unknown>, database.dialect)
      await sql`insert into "migration" ("name", "appliedAt") values (${name}, ${Date.now()})`.execute(tx)
    }
    return missing
  })
}
