import type { Insertable, Selectable } from 'kysely'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import type { ClipTable } from '../schema/collections.ts'

export type ClipRow = Selectable<ClipTable>

const byId = prepared((db, p: Parameters<{ id: string }>) => db.selectFrom('clip').selectAll().where('id', '=', p.id))

/** A clip if this person may see it: their own, or a public one. Null stands for an anonymous reader. */
export async function readableClip(db: Db, id: string, viewer: string | null): Promise<ClipRow | undefined> {
  const [row] = await byId(db, { id })
  return row && (row.isPublic || row.userId === viewer) ? row : undefined
}

/** A person's own clip, held until the end of the transaction: nobody else changes it or what is in it meanwhile. */
export const holdClip = (tx: Db, id: string, userId: string): Promise<ClipRow | undefined> =>
  tx
    .updateTable('clip')
    .set((row) => ({ name: row.ref('name') }))
    .where('id', '=', id)
    .where('userId', '=', userId)
    .returningAll()
    .executeTakeFirst()

/** One page of a person's clips: all of them, or the public ones. */
export function clipPage(
  db: Db,
  userId: string,
  { publicOnly }: { publicOnly: boolean },
  page: Page,
): Promise<ClipRow[]> {
  const theirs = db
    .selectFrom('clip')
    .selectAll()
    .where('userId', '=', userId)
    .where('id', '>', page.since ?? '')
    .where('id', '<', page.until ?? '~')
    .orderBy('id', page.order)
    .limit(page.limit)
  return (publicOnly ? theirs.where('isPublic', '=', true) : theirs).execute()
}

/** The public clips that hold a note, the latest `limit` of them. */
export const publicClipsWith = (db: Db, noteId: string, limit: number): Promise<ClipRow[]> =>
  db
    .selectFrom('clipNote')
    .innerJoin('clip', 'clip.id', 'clipNote.clipId')
    .selectAll('clip')
    .where('clipNote.noteId', '=', noteId)
    .where('clip.isPublic', '=', true)
    .orderBy('clipNote.clipId', 'desc')
    .limit(limit)
    .execute()

export async function countClipsOf(db: Db, userId: string): Promise<number> {
  const rows = await db.selectFrom('clip').select('id').where('userId', '=', userId).execute()
  return rows.length
}

export async function insertClip(tx: Db, clip: Insertable<ClipTable>): Promise<void> {
  await tx.insertInto('clip').values(clip).execute()
}

export async function updateClip(
  tx: Db,
  id: string,
  clip: Pick<ClipRow, 'name' | 'description' | 'isPublic'>,
): Promise<void> {
  await tx.updateTable('clip').set(clip).where('id', '=', id).execute()
}

/** Deletes a clip, and counts its notes as clipped once less. */
export async function deleteClip(tx: Db, id: string): Promise<void> {
  await tx
    .updateTable('note')
    .set((row) => ({ clippedCount: row('clippedCount', '-', 1) }))
    .where('id', 'in', (row) => row.selectFrom('clipNote').select('noteId').where('clipId', '=', id))
    .execute()
  await tx.deleteFrom('clip').where('id', '=', id).execute()
}
