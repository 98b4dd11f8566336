import { type Kysely, sql } from 'kysely'

/** Lists of relations in the order they were made, and mutes that have ended. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create index "followingFollower" on "following" ("followerId", "id")`,
    sql`create index "followRequestFollower" on "followRequest" ("followerId", "id")`,
    sql`create index "blockingBlocker" on "blocking" ("blockerId", "id")`,
    sql`create index "mutingMuter" on "muting" ("muterId", "id")`,
    sql`create index "mutingExpiry" on "muting" ("expiresAt") where "expiresAt" is not null`,
    sql`create index "renoteMutingMuter" on "renoteMuting" ("muterId", "id")`,
  ]
  for (const statement of statements) await statement.execute(db)
}
