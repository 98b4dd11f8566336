import { type Expression, type RawBuilder, sql } from 'kysely'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { isPostgres } from '../is-postgres.ts'
import { type Parameters, prepared } from '../prepared.ts'
import { notExcluded } from './exclusions.ts'
import { visible } from './visible-notes.ts'

export type Condition = Expression<boolean>

export const all = (...conditions: Condition[]): Condition => sql`(${sql.join(conditions, sql` and `)})`
export const any = (...conditions: Condition[]): Condition => sql`(${sql.join(conditions, sql` or `)})`

/** What every list is asked with. `viewer` is empty for anonymous ones. */
interface Asked {
  viewer: string
  since: string
  until: string
  limit: number
  now: number
}

/** Where a list's notes come from, and the column it is paged by. */
export interface NoteSource {
  from: RawBuilder<unknown>
  cursor: RawBuilder<string>
  /**
   * Several places, each a value of a column of "note": each is read by itself, and the page is made of what they give.
   * That is as dear as there are places, however old the notes are, where reading all notes in order could take for ever.
   */
  each?: { places: (viewer: Expression<string>) => RawBuilder<unknown>; column: string }
}

/** All notes. */
export const allNotes: NoteSource = { from: sql`"note"`, cursor: sql`"note"."id"` }

/** The notes that a table refers to by its `noteId`, in that table's order: a condition on the table leads the way. */
export const notesIn = (
  table: 'home' | 'fanout' | 'clipNote' | 'antennaNote' | 'noteTag' | 'noteAddressee' | 'noteFile',
): NoteSource => ({
  from: sql`${sql.table(table)} inner join "note" on "note"."id" = ${sql.ref(`${table}.noteId`)}`,
  cursor: sql`${sql.ref(`${table}.noteId`)}`,
})

/** A source, or what makes one out of what the list is asked with. */
type SourceOf<V extends object> = NoteSource | ((p: Parameters<V>) => NoteSource)

interface Row {
  id: string
}

/**
 * One page of what each place gives. SQLite has no lateral joins, and reads the notes of one place after another when their
 * ids are asked for; PostgreSQL would hold every note there is against every place.
 */
function fromEach(db: Db, places: RawBuilder<unknown>, found: RawBuilder<unknown>, page: RawBuilder<unknown>) {
  return isPostgres(db)
    ? sql<Row>`select "found"."id" from (${places}) as "place" cross join lateral (${found}) as "found" ${page}`
    : sql<Row>`select "found"."id" from (${places}) as "place", "note" as "found"
        where "found"."id" in (${found}) ${page}`
}

/** Above every id, for pages without an upper bound. */
export const NO_BOUND = '~'

/**
 * Makes a list of notes: ids of one page, all of them visible to the viewer, none of them by or about people they have
 * muted, who block them or are suspended. Pages are full as long as there is more.
 * @param conditions what the list holds; the viewer is null for an anonymous reader
 * @param options.source where the notes come from, all of them when not given
 * @param options.ofAuthor the list is of one author's notes, which are shown even to those who have muted them
 */
export function noteList<V extends object>(
  conditions: (p: Parameters<V & Asked>, viewer: Expression<string> | null) => Condition[],
  { source: given = allNotes, ofAuthor = false }: { source?: SourceOf<V>; ofAuthor?: boolean } = {},
): (db: Db, viewer: string | null, values: V, page: Page) => Promise<string[]> {
  const query = (isAnonymous: boolean, order: 'asc' | 'desc') =>
    prepared((db, p: Parameters<V & Asked>) => {
      const asked = p as Parameters<Asked>
      const source = typeof given === 'function' ? given(p) : given
      const viewer = isAnonymous ? null : asked.viewer
      const where = all(
        sql`${source.cursor} > ${asked.since}`,
        sql`${source.cursor} < ${asked.until}`,
        ...conditions(p, viewer),
        visible(viewer),
        notExcluded(viewer, asked.now, { ofAuthor }),
      )
      const page = sql`order by ${source.cursor} ${sql.raw(order)} limit ${asked.limit}`
      const { each } = source
      const text = each
        ? fromEach(
            db,
            each.places(asked.viewer),
            sql`select "note"."id" from ${source.from}
              where ${sql.ref(`note.${each.column}`)} = "place"."id" and ${where} ${page}`,
            sql`order by "found"."id" ${sql.raw(order)} limit ${asked.limit}`,
          )
        : sql<Row>`select "note"."id" from ${source.from} where ${where} ${page}`
      return { compile: () => text.compile(db) }
    })
  const queries = {
    person: { asc: query(false, 'asc'), desc: query(false, 'desc') },
    anonymous: { asc: query(true, 'asc'), desc: query(true, 'desc') },
  }
  return async (db, viewer, values, page) => {
    const rows = await queries[viewer === null ? 'anonymous' : 'person'][page.order](db, {
      ...values,
      viewer: viewer ?? '',
      since: page.since ?? '',
      until: page.until ?? NO_BOUND,
      limit: page.limit,
      now: Date.now(),
    })
    return rows.map(({ id }) => id)
  }
}
