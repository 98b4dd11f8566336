import type { Ctx } from '../context.ts'
import { countClipsOf, deleteClip, holdClip, insertClip, updateClip } from '../db/queries/clips.ts'
import { takeTurn } from '../db/queries/turns.ts'

export interface ClipRequest {
  name: string
  description: string | null
  isPublic: boolean
}

/** Nothing said and no words are one. */
const descriptionOf = (given: string | null): string | null => given || null

/**
 * Makes a clip, empty at first.
 * @param limit how many clips the person may have
 */
export async function createClip(
  ctx: Ctx,
  userId: string,
  { name, description, isPublic }: ClipRequest,
  limit: number,
): Promise<{ id: string } | 'tooManyClips'> {
  return ctx.transact(async (tx) => {
    await takeTurn(tx, `clips ${userId}`)
    if ((await countClipsOf(tx, userId)) >= limit) return 'tooManyClips'
    const id = ctx.ids.next()
    await insertClip(tx, { id, userId, name, description: descriptionOf(description), isPublic })
    return { id }
  })
}

/** Changes what is given of a person's own clip. */
export async function changeClip(
  ctx: Ctx,
  userId: string,
  clipId: string,
  { name, description, isPublic }: { [K in keyof ClipRequest]: ClipRequest[K] | undefined },
): Promise<{ id: string } | 'noSuchClip'> {
  return ctx.transact(async (tx) => {
    const clip = await holdClip(tx, clipId, userId)
    if (!clip) return 'noSuchClip'
    await updateClip(tx, clipId, {
      name: name ?? clip.name,
      description: description === undefined ? clip.description : descriptionOf(description),
      isPublic: isPublic ?? clip.isPublic,
    })
    return { id: clipId }
  })
}

/** Deletes a person's own clip. The notes in it stay. */
export async function removeClip(ctx: Ctx, userId: string, clipId: string): Promise<{ id: string } | 'noSuchClip'> {
  return ctx.transact(async (tx) => {
    if (!(await holdClip(tx, clipId, userId))) return 'noSuchClip'
    await deleteClip(tx, clipId)
    return { id: clipId }
  })
}
