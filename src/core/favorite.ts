import type { Ctx } from '../context.ts'
import { deleteFavorite, insertFavorite } from '../db/queries/favorites.ts'
import { noteById } from '../db/queries/notes.ts'

export type FavoriteFailure = 'noSuchNote' | 'alreadyFavorited'

/** Keeps a note for a person to find again, also one they may not see: they find it as they may see it. */
export async function favorite(
  ctx: Ctx,
  userId: string,
  noteId: string,
): Promise<{ noteId: string } | FavoriteFailure> {
  return ctx.transact(async (tx) => {
    if (!(await noteById(tx, noteId))) return 'noSuchNote'
    const isNew = await insertFavorite(tx, { id: ctx.ids.next(), userId, noteId })
    return isNew ? { noteId } : 'alreadyFavorited'
  })
}

export type UnfavoriteFailure = 'noSuchNote' | 'notFavorited'

/** Keeps it no longer. */
export async function unfavorite(
  ctx: Ctx,
  userId: string,
  noteId: string,
): Promise<{ noteId: string } | UnfavoriteFailure> {
  return ctx.transact(async (tx) => {
    if (!(await noteById(tx, noteId))) return 'noSuchNote'
    return (await deleteFavorite(tx, userId, noteId)) ? { noteId } : 'notFavorited'
  })
}
