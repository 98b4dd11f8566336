import { type Kysely, sql } from 'kysely'

/** Lists of everybody in several orders, and how many are here now. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const shown = sql.raw('where "isExplorable" and not "isSuspended" and not "isDeleted"')
  const statements = [
    sql`create index "userFollowers" on "user" ("followersCount", "id") ${shown}`,
    sql`create index "userUpdated" on "user" ("updatedAt", "id") ${shown} and "updatedAt" is not null`,
    sql`create index "userActive" on "user" ("lastActiveAt") where "lastActiveAt" is not null`,
  ]
  for (const statement of statements) await statement.execute(db)
}
