import { sql } from 'kysely'
import { foldText } from '../../lib/fold-text.ts'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { noteList, notesIn } from './note-lists.ts'
import { searchableAmong } from './note-relations.ts'

const inClip = noteList<{ clip: string }>((p) => [sql`"clipNote"."clipId" = ${p.clip}`], {
  source: notesIn('clipNote'),
})

/**
 * One page of the notes in a clip, as far as the viewer may see them.
 * @param search words, all of which are in the text or the content warning, in any case; none for all notes
 */
export async function clipNoteIds(
  db: Db,
  viewer: string | null,
  { clip, search }: { clip: string; search: readonly string[] },
  page: Page,
): Promise<string[]> {
  if (search.length === 0) return inClip(db, viewer, { clip }, page)
  // A clip holds some hundreds of notes: reading them is quicker than an index of words would be.
  const words = search.map(foldText)
  const found: string[] = []
  const part = { ...page, limit: 100 }
  for (;;) {
    const ids = await inClip(db, viewer, { clip }, part)
    const texts = await textsOf(db, ids)
    const meant = ids.filter((id) => words.every((word) => texts.get(id)?.some((text) => text.includes(word))))
    const searchable = await searchableAmong(db, viewer, meant)
    found.push(...meant.filter((id) => searchable.has(id)))
    const last = ids.at(-1)
    if (found.length >= page.limit || last === undefined || ids.length < part.limit) return found.slice(0, page.limit)
    if (page.order === 'asc') part.since = last
    else part.until = last
  }
}

/** What notes say, each text by itself, in the form in which case does not count. */
async function textsOf(db: Db, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('note').select(['id', 'text', 'cw']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, text, cw }) => [id, [text, cw].flatMap((one) => (one === null ? [] : foldText(one)))]))
}

/** Puts a note into a clip and counts it at both; false when it was there. */
export async function insertClipNote(tx: Db, clipId: string, noteId: string, now: number): Promise<boolean> {
  const row = await tx
    .insertInto('clipNote')
    .values({ clipId, noteId })
    .onConflict((conflict) => conflict.doNothing())
    .returning('noteId')
    .executeTakeFirst()
  if (!row) return false
  await tx.updateTable('clip').set({ lastClippedAt: now }).where('id', '=', clipId).execute()
  await count(tx, clipId, noteId, 1)
  return true
}

/** Takes a note out of a clip; nothing happens when it was not in it. */
export async function deleteClipNote(tx: Db, clipId: string, noteId: string): Promise<void> {
  const row = await tx
    .deleteFrom('clipNote')
    .where('clipId', '=', clipId)
    .where('noteId', '=', noteId)
    .returning('noteId')
    .executeTakeFirst()
  if (row) await count(tx, clipId, noteId, -1)
}

async function count(tx: Db, clipId: string, noteId: string, by: 1 | -1): Promise<void> {
  await tx
    .updateTable('clip')
    .set((row) => ({ notesCount: row('notesCount', '+', by) }))
    .where('id', '=', clipId)
    .execute()
  await tx
    .updateTable('note')
    .set((row) => ({ clippedCount: row('clippedCount', '+', by) }))
    .where('id', '=', noteId)
    .execute()
}

/** Counts a note that is about to be deleted out of the clips it is in. */
export async function leaveClips(tx: Db, noteId: string): Promise<void> {
  await tx
    .updateTable('clip')
    .set((row) => ({ notesCount: row('notesCount', '-', 1) }))
    .where('id', 'in', (row) => row.selectFrom('clipNote').select('clipId').where('noteId', '=', noteId))
    .execute()
}
