import { sql } from 'kysely'
import { mergedIds, type Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import { noteList } from './note-lists.ts'

interface OfNote {
  noteId: string
}

/** What answers a note. */
export const replyIds = noteList<OfNote>((p) => [sql`"note"."replyId" = ${p.noteId}`])

/** What renotes a note, with words of its own or without. */
export const renoteIds = noteList<OfNote>((p) => [sql`"note"."renoteId" = ${p.noteId}`])

const quoteIds = noteList<OfNote>((p) => [sql`"note"."renoteId" = ${p.noteId}`, sql`not "note"."isPureRenote"`])

/** What answers a note or quotes it. Each has its index: together they would have none. */
export async function childIds(db: Db, viewer: string | null, asked: OfNote, page: Page): Promise<string[]> {
  const replies = await replyIds(db, viewer, asked, page)
  return mergedIds([replies, await quoteIds(db, viewer, asked, page)], page)
}

const ancestors = prepared((db, p: Parameters<OfNote & { offset: number; last: number }>) => ({
  compile: () =>
    sql<{ id: string }>`
      with recursive "chain" as (
        select "replyId" as "id", cast(1 as bigint) as "depth" from "note" where "id" = ${p.noteId}
        union all
        select "note"."replyId", "chain"."depth" + 1 from "chain" inner join "note" on "note"."id" = "chain"."id"
          where "chain"."depth" < ${p.last})
      select "note"."id" from "chain" inner join "note" on "note"."id" = "chain"."id"
      where "chain"."depth" > ${p.offset} order by "chain"."depth"`.compile(db),
}))

/** Conversations are followed so far up, for each step is a look at a note, and they may be as long as people like. */
const MAX_STEPS = 5000

/** What a note answers, what that answers, and so on, as far as it is there. */
export async function ancestorIds(db: Db, noteId: string, part: { offset: number; limit: number }): Promise<string[]> {
  const last = Math.min(part.offset + part.limit, MAX_STEPS)
  const rows = part.offset < last ? await ancestors(db, { noteId, offset: part.offset, last }) : []
  return rows.map(({ id }) => id)
}
