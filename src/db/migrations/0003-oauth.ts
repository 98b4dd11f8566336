import { type Kysely, sql } from 'kysely'

/** Authorization codes, and questions that are put before anybody has signed in. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const id = sql.raw(dialect === 'postgres' ? 'text collate "C"' : 'text')
  const time = sql.raw('bigint')

  const statements =
    dialect === 'postgres'
      ? [sql`alter table "consent" alter column "userId" drop not null`]
      : // SQLite cannot take a rule off a column.
        [
          sql`create table "consentAnew" (
            "id" ${id} primary key, "kind" text not null, "userId" ${id} references "user" ("id") on delete cascade,
            "request" text not null, "expiresAt" ${time} not null)`,
          sql`insert into "consentAnew" ("id", "kind", "userId", "request", "expiresAt")
            select "id", "kind", "userId", "request", "expiresAt" from "consent"`,
          sql`drop table "consent"`,
          sql`alter table "consentAnew" rename to "consent"`,
          sql`create index "consentExpiry" on "consent" ("expiresAt")`,
          sql`create index "consentUser" on "consent" ("userId")`,
        ]
  statements.push(
    sql`create table "authorizationCode" (
      "digest" ${id} primary key, "grantId" ${id} not null references "grant" ("id") on delete cascade,
      "redirectUri" text not null, "codeChallenge" text not null, "expiresAt" ${time} not null)`,
    sql`create index "authorizationCodeGrant" on "authorizationCode" ("grantId")`,
  )
  for (const statement of statements) await statement.execute(db)
}
