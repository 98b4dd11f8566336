import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../database.ts'
import { isPostgres } from '../is-postgres.ts'
import { type Parameters, prepared } from '../prepared.ts'

/** One of the two search indexes: of notes, and of people. */
export interface GramIndex {
  /** The table with a row for everything that is in the index, and its column with the id. */
  entries: 'searchNote' | 'searchUser'
  id: 'noteId' | 'userId'
  /** The full-text table on SQLite. */
  grams: 'noteGram' | 'userGram'
}

export const noteIndex: GramIndex = { entries: 'searchNote', id: 'noteId', grams: 'noteGram' }
export const userIndex: GramIndex = { entries: 'searchUser', id: 'userId', grams: 'userGram' }

/** Grams as the database takes them: an array, or words, which SQLite's full-text table wants. */
const given = (db: Db, grams: readonly number[]): string =>
  isPostgres(db) ? `{${grams.join()}}` : grams.map((gram) => (gram >>> 0).toString(36)).join(' ')

/** A part of an index: what holds all of the grams, with ids between the bounds, which are left out. */
export interface Part {
  grams: string
  since: string
  until: string
  limit: number
}

/** The grams to look for, as a part is asked with. */
export const gramsToMatch = given

/** Ids of a part of an index in order, as a subquery with the one column "id". */
export function matching(
  db: Db,
  { entries, id, grams }: GramIndex,
  p: Parameters<Part>,
  order: 'asc' | 'desc',
): RawBuilder<{ id: string }> {
  const [table, key, way] = [sql.table(entries), sql.ref(id), sql.raw(order)]
  if (isPostgres(db)) {
    return sql`select ${key} as "id" from ${table} where "grams" @> ${p.grams}::integer[]
      and ${key} > ${p.since} and ${key} < ${p.until} order by ${key} ${way} limit ${p.limit}`
  }
  // Positions rise with ids, and the full-text table gives what it finds in their order without sorting.
  const found = sql.table(grams)
  return sql`select (select ${key} from ${table} where "position" = ${found}."rowid") as "id" from ${found}
    where ${found} match ${p.grams}
    and "rowid" > coalesce((select "position" from ${table} where ${key} <= ${p.since} order by ${key} desc limit 1), 0)
    and "rowid" < coalesce((select "position" from ${table} where ${key} >= ${p.until} order by ${key} limit 1), 1 << 62)
    order by "rowid" ${way} limit ${p.limit}`
}

/** Entries of an index that one statement may go through where it holds up everything else meanwhile. */
export const SPAN = 16_384

/**
 * The id of the entry so many entries after one end of a stretch, up to where a statement may look; none when the stretch
 * ends before, or when it holds up nobody however far it looks.
 */
export async function spanEnd(
  db: Db,
  { entries, id }: GramIndex,
  { since, until }: Pick<Part, 'since' | 'until'>,
  order: 'asc' | 'desc',
  span: number,
): Promise<string | undefined> {
  if (isPostgres(db)) return undefined
  const [table, key] = [sql.table(entries), sql.ref(id)]
  const query =
    order === 'desc'
      ? sql<{ id: string }>`select ${key} as "id" from ${table} where ${key} > ${since} and "position" <=
          (select "position" from ${table} where ${key} < ${until} order by ${key} desc limit 1) - ${span}
          order by "position" desc limit 1`
      : sql<{ id: string }>`select ${key} as "id" from ${table} where ${key} < ${until} and "position" >=
          (select "position" from ${table} where ${key} > ${since} order by ${key} limit 1) + ${span}
          order by "position" limit 1`
  return (await query.execute(db)).rows[0]?.id
}

interface Entry {
  id: string
  grams: string
}

/**
 * Makes what puts something into an index, or puts it there anew. What is new must have a higher id than all before.
 * @param options.isNew nothing is ever put there twice
 */
export function entryWriter(
  index: GramIndex,
  { isNew }: { isNew: boolean },
): (tx: Db, id: string, grams: readonly number[]) => Promise<void> {
  const [table, key, words] = [sql.table(index.entries), sql.ref(index.id), sql.table(index.grams)]
  const position = (p: Parameters<Entry>) => sql`(select "position" from ${table} where ${key} = ${p.id})`
  const write = (text: (db: Db, p: Parameters<Entry>) => RawBuilder<unknown>) =>
    prepared((db, p: Parameters<Entry>) => ({ compile: () => text(db, p).compile(db) }))
  const put = write((db, p) =>
    isPostgres(db)
      ? sql`insert into ${table} (${key}, "grams") values (${p.id}, ${p.grams}::integer[])
          on conflict (${key}) do update set "grams" = excluded."grams"`
      : sql`insert into ${table} (${key}) values (${p.id}) on conflict do nothing`,
  )
  const remove = write((_, p) => sql`delete from ${words} where "rowid" = ${position(p)}`)
  const add = write((_, p) => sql`insert into ${words} ("rowid", "grams") values (${position(p)}, ${p.grams})`)
  return async (tx, id, grams) => {
    const entry = { id, grams: given(tx, grams) }
    await put(tx, entry)
    if (isPostgres(tx)) return
    if (!isNew) await remove(tx, entry)
    await add(tx, entry)
  }
}

/** Pages of SQLite's full-text table that are merged at a time: a few milliseconds, and more than a chunk of notes adds. */
const MERGED_AT_ONCE = 32

/** Merges a little of what was written bit by bit, so that few places have to be looked at. PostgreSQL does so by itself. */
export async function tidy(tx: Db, { grams }: GramIndex): Promise<void> {
  if (isPostgres(tx)) return
  const table = sql.table(grams)
  await sql`insert into ${table} (${sql.ref(grams)}, "rank") values ('merge', ${sql.lit(MERGED_AT_ONCE)})`.execute(tx)
}
