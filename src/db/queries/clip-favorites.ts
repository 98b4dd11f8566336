import type { Insertable } from 'kysely'
import type { Db } from '../database.ts'
import type { ClipFavoriteTable } from '../schema/collections.ts'
import type { ClipRow } from './clips.ts'

/** Marks a clip as a favourite and counts it; false when it was one. */
export async function insertClipFavorite(tx: Db, favorite: Insertable<ClipFavoriteTable>): Promise<boolean> {
  const row = await tx
    .insertInto('clipFavorite')
    .values(favorite)
    .onConflict((conflict) => conflict.columns(['userId', 'clipId']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (row) await count(tx, favorite.clipId, 1)
  return row !== undefined
}

/** Takes the mark away; whether there was one. */
export async function deleteClipFavorite(tx: Db, userId: string, clipId: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('clipFavorite')
    .where('userId', '=', userId)
    .where('clipId', '=', clipId)
    .returning('id')
    .executeTakeFirst()
  if (row) await count(tx, clipId, -1)
  return row !== undefined
}

async function count(tx: Db, clipId: string, by: 1 | -1): Promise<void> {
  await tx
    .updateTable('clip')
    .set((row) => ({ favoritedCount: row('favoritedCount', '+', by) }))
    .where('id', '=', clipId)
    .execute()
}

/** A person's favourite clips, the latest favourite first; not those that were closed to them since. */
export const favoriteClips = (db: Db, userId: string): Promise<ClipRow[]> =>
  db
    .selectFrom('clipFavorite')
    .innerJoin('clip', 'clip.id', 'clipFavorite.clipId')
    .selectAll('clip')
    .where('clipFavorite.userId', '=', userId)
    .where((row) => row.or([row('clip.isPublic', '=', true), row('clip.userId', '=', userId)]))
    .orderBy('clipFavorite.id', 'desc')
    .execute()

/** Which of these clips are favourites of a person. */
export async function favoritesAmong(db: Db, userId: string, clipIds: readonly string[]): Promise<Set<string>> {
  if (clipIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('clipFavorite')
    .select('clipId')
    .where('userId', '=', userId)
    .where('clipId', 'in', clipIds)
    .execute()
  return new Set(rows.map(({ clipId }) => clipId))
}
