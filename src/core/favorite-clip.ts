import type { Ctx } from '../context.ts'
import { deleteClipFavorite, insertClipFavorite } from '../db/queries/clip-favorites.ts'
import { readableClip } from '../db/queries/clips.ts'

/** Marks a clip as a person's favourite: their own, or a public one. */
export async function favoriteClip(
  ctx: Ctx,
  userId: string,
  clipId: string,
): Promise<{ clipId: string } | 'noSuchClip' | 'alreadyFavorited'> {
  return ctx.transact(async (tx) => {
    if (!(await readableClip(tx, clipId, userId))) return 'noSuchClip'
    return (await insertClipFavorite(tx, { id: ctx.ids.next(), userId, clipId })) ? { clipId } : 'alreadyFavorited'
  })
}

/** Takes that mark away. A clip that was closed to the person since is let go all the same. */
export async function unfavoriteClip(
  ctx: Ctx,
  userId: string,
  clipId: string,
): Promise<{ clipId: string } | 'noSuchClip' | 'notFavorited'> {
  return ctx.transact(async (tx) => {
    if (await deleteClipFavorite(tx, userId, clipId)) return { clipId }
    return (await readableClip(tx, clipId, userId)) ? 'notFavorited' : 'noSuchClip'
  })
}
