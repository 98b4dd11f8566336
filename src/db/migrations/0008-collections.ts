import { type Kysely, sql } from 'kysely'

/**
 * Channels are searched by name in any case, and know whether somebody posts there for the first time. Whether an antenna
 * collects is told from when it was last read.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table "channel" add column "foldedName" text not null default ''`,
    sql`alter table "channel" add column "foldedDescription" text not null default ''`,
    sql`create index "noteChannelUser" on "note" ("channelId", "userId") where "channelId" is not null`,
    sql`alter table "antenna" drop column "isActive"`,
    sql`create index "antennaLastUsed" on "antenna" ("lastUsedAt")`,
  ]
  for (const statement of statements) await statement.execute(db)
}
