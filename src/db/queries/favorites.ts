import type { Selectable } from 'kysely'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import type { FavoriteTable } from '../schema/notes.ts'

export type FavoriteRow = Selectable<FavoriteTable>

/** Keeps a note for a person; false when it was kept already. */
export async function insertFavorite(tx: Db, favorite: FavoriteRow): Promise<boolean> {
  const row = await tx
    .insertInto('favorite')
    .values(favorite)
    .onConflict((conflict) => conflict.columns(['noteId', 'userId']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Keeps it no longer; whether it was kept. */
export async function deleteFavorite(tx: Db, userId: string, noteId: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('favorite')
    .where('noteId', '=', noteId)
    .where('userId', '=', userId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** A page of what a person keeps, in the order in which they have begun to. */
export const favoritePage = (db: Db, userId: string, page: Page): Promise<FavoriteRow[]> =>
  db
    .selectFrom('favorite')
    .selectAll()
    .where('userId', '=', userId)
    .where('id', '>', page.since ?? '')
    .where('id', '<', page.until ?? '~')
    .orderBy('id', page.order)
    .limit(page.limit)
    .execute()
