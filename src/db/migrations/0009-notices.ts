import { type Kysely, sql } from 'kysely'

/** What notifications and Web Push are asked for. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const id = sql.raw(dialect === 'postgres' ? 'text collate "C"' : 'text')

  const statements = [
    sql`alter table "notification" add column "roleId" ${id} references "role" ("id") on delete cascade`,
    sql`create index "notificationRole" on "notification" ("roleId") where "roleId" is not null`,
    sql`create index "followingNotify" on "following" ("followeeId", "id") where "notify" = 'normal'`,
    sql`create index "pushSubscriptionEndpoint" on "pushSubscription" ("endpoint")`,
  ]
  for (const statement of statements) await statement.execute(db)
}
