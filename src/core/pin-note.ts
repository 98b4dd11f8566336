import type { Ctx } from '../context.ts'
import { noteById } from '../db/queries/notes.ts'
import { countPins, deletePin, insertPin } from '../db/queries/pins.ts'
import { takeTurn } from '../db/queries/turns.ts'

export type PinFailure = 'noSuchNote' | 'pinLimitExceeded' | 'alreadyPinned'

/**
 * Pins a note of one's own to one's page.
 * @param limit how many a person may have there
 */
export async function pinNote(
  ctx: Ctx,
  userId: string,
  noteId: string,
  limit: number,
): Promise<{ noteId: string } | PinFailure> {
  return ctx.transact(async (tx, afterCommit) => {
    // Two pins at once must not both be the last one allowed.
    await takeTurn(tx, `pins ${userId}`)
    const note = await noteById(tx, noteId)
    if (note?.userId !== userId) return 'noSuchNote'
    if ((await countPins(tx, userId)) >= limit) return 'pinLimitExceeded'
    if (!(await insertPin(tx, { id: ctx.ids.next(), userId, noteId }))) return 'alreadyPinned'
    afterCommit(() => ctx.bus.publish({ type: 'user', id: userId }))
    return { noteId }
  })
}

/** Takes a note of one's own off one's page; nothing happens when it is not there. */
export async function unpinNote(ctx: Ctx, userId: string, noteId: string): Promise<{ noteId: string } | 'noSuchNote'> {
  return ctx.transact(async (tx, afterCommit) => {
    const note = await noteById(tx, noteId)
    if (note?.userId !== userId) return 'noSuchNote'
    await deletePin(tx, userId, noteId)
    afterCommit(() => ctx.bus.publish({ type: 'user', id: userId }))
    return { noteId }
  })
}
