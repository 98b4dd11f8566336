import { type Kysely, sql } from 'kysely'

/**
 * The index of what notes and people's profiles say. Everything in it is derived and fills itself: `searchCursor` says how
 * far the notes have come, `searchUserQueue` holds the people whose entries are missing or out of date.
 */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const id = sql.raw(dialect === 'postgres' ? 'text collate "C"' : 'text')
  const ofUser = sql.raw('references "user" ("id") on delete cascade')
  const ofNote = sql.raw('references "note" ("id") on delete cascade')
  await sql`create table "searchCursor" ("noteId" ${id} not null)`.execute(db)
  await sql`insert into "searchCursor" ("noteId") values ('')`.execute(db)
  await sql`create table "searchUserQueue" ("userId" ${id} primary key ${ofUser})`.execute(db)
  await sql`insert into "searchUserQueue" ("userId") select "id" from "user"`.execute(db)

  const postgres = [
    sql`create table "searchNote" ("noteId" ${id} primary key ${ofNote}, "grams" integer[] not null)`,
    // With few of them known, a gram that is in no note is taken for one that is in many, and all notes are gone through.
    sql`alter table "searchNote" alter column "grams" set statistics 1000`,
    sql`create index "searchNoteGrams" on "searchNote" using gin ("grams")`,
    sql`create table "searchUser" ("userId" ${id} primary key ${ofUser}, "grams" integer[] not null)`,
    sql`create index "searchUserGrams" on "searchUser" using gin ("grams")`,
    sql`create or replace function "queueUserForSearch"() returns trigger language plpgsql as $$
      begin
        insert into "searchUserQueue" ("userId") values (new."id") on conflict do nothing;
        return null;
      end $$`,
    sql`create trigger "userNewToSearch" after insert on "user" for each row execute function "queueUserForSearch"()`,
    sql`create trigger "userChangedForSearch" after update of "username", "name", "description" on "user" for each row
      when ((old."username", old."name", old."description") is distinct from (new."username", new."name", new."description"))
      execute function "queueUserForSearch"()`,
  ]
  // The position is the row's place in the full-text table, which knows nothing but numbers.
  const entries = sql.raw(`content='', contentless_delete=1, detail=none, tokenize='ascii'`)
  const sqlite = [
    sql`create table "searchNote" ("position" integer primary key, "noteId" text not null unique ${ofNote})`,
    sql`create virtual table "noteGram" using fts5 ("grams", ${entries})`,
    sql`create trigger "searchNoteGone" after delete on "searchNote" begin
      delete from "noteGram" where "rowid" = old."position"; end`,
    sql`create table "searchUser" ("position" integer primary key, "userId" text not null unique ${ofUser})`,
    sql`create virtual table "userGram" using fts5 ("grams", ${entries})`,
    sql`create trigger "searchUserGone" after delete on "searchUser" begin
      delete from "userGram" where "rowid" = old."position"; end`,
    sql`create trigger "userNewToSearch" after insert on "user" begin
      insert into "searchUserQueue" ("userId") values (new."id") on conflict do nothing; end`,
    sql`create trigger "userChangedForSearch" after update of "username", "name", "description" on "user"
      when old."username" is not new."username" or old."name" is not new."name"
        or old."description" is not new."description" begin
      insert into "searchUserQueue" ("userId") values (new."id") on conflict do nothing; end`,
    // Merging is done by whoever fills the index, some pages at a time: left to itself it now and then does it all at once.
    ...['noteGram', 'userGram'].flatMap((table) => [
      sql`insert into ${sql.table(table)} (${sql.ref(table)}, "rank") values ('automerge', 0)`,
      sql`insert into ${sql.table(table)} (${sql.ref(table)}, "rank") values ('crisismerge', 500)`,
    ]),
  ]
  for (const statement of dialect === 'postgres' ? postgres : sqlite) await statement.execute(db)
}
