import { type Kysely, sql } from 'kysely'

/** What is popular: scores of notes, and how many people use a hashtag these hours. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const postgres = dialect === 'postgres'
  const id = sql.raw(postgres ? 'text collate "C"' : 'text')
  const keyOnly = sql.raw(postgres ? '' : 'without rowid')

  const statements = [
    sql`create table "noteScore" (
      "noteId" ${id} not null references "note" ("id") on delete cascade, "place" ${id} not null,
      "start" bigint not null, "score" integer not null, primary key ("noteId", "place", "start")) ${keyOnly}`,
    sql`create index "noteScoreTop" on "noteScore" ("place", "start", "score", "noteId")`,
    sql`create index "noteScoreStart" on "noteScore" ("start")`,

    sql`create table "hashtagUse" (
      "start" bigint not null, "span" integer not null, "tag" ${id} not null, "userId" ${id} not null,
      primary key ("start", "span", "tag", "userId")) ${keyOnly}`,
    sql`create table "hashtagTrend" (
      "tag" ${id} not null, "span" integer not null, "start" bigint not null, "people" integer not null,
      primary key ("tag", "span", "start")) ${keyOnly}`,
    sql`create index "hashtagTrendTop" on "hashtagTrend" ("span", "start", "people", "tag")`,

    sql`create index "notePublicPoll" on "note" ("id") where "hasPoll" and "visibility" = 'public'`,
    sql`create index "notePublicFiles" on "note" ("id") where "hasFiles" and "visibility" = 'public'`,

    // Ties are the rule among hashtags: the name goes on where the count ends.
    sql`drop index "hashtagMentioned"`,
    sql`create index "hashtagMentioned" on "hashtag" ("mentionedUsersCount", "name")`,
    sql`create index "hashtagAttached" on "hashtag" ("attachedUsersCount", "name")`,
    sql`create index "hashtagOfPeople" on "hashtag" ("mentionedUsersCount", "name") where "attachedUsersCount" > 0`,
  ]
  for (const statement of statements) await statement.execute(db)
}
