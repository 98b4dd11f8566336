import { type Kysely, sql } from 'kysely'

/** Sessions in which a registered application waits for a person's answer. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  // Ids are compared bytewise on both databases; SQLite does so by default.
  const id = sql.raw(dialect === 'postgres' ? 'text collate "C"' : 'text')
  const statements = [
    sql`create table "authSession" (
      "id" ${id} primary key, "appId" ${id} not null references "app" ("id") on delete cascade,
      "digest" ${id} not null unique, "grantId" ${id} references "grant" ("id") on delete cascade,
      "isRefused" boolean not null default false, "expiresAt" bigint not null)`,
    sql`create index "authSessionApp" on "authSession" ("appId")`,
    sql`create index "authSessionGrant" on "authSession" ("grantId")`,
    sql`create index "authSessionExpiry" on "authSession" ("expiresAt")`,
    sql`create index "grantApp" on "grant" ("appId") where "appId" is not null`,
  ]
  for (const statement of statements) await statement.execute(db)
}
