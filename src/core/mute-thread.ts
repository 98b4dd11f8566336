import type { Ctx } from '../context.ts'
import { noteById } from '../db/queries/notes.ts'
import { deleteThreadMuting, insertThreadMuting } from '../db/queries/thread-mutings.ts'

/** Lets a person hear no more of the conversation a note is part of. */
export async function muteThread(
  ctx: Ctx,
  userId: string,
  noteId: string,
): Promise<{ threadId: string } | 'noSuchNote'> {
  return ctx.transact(async (tx) => {
    const note = await noteById(tx, noteId)
    if (!note) return 'noSuchNote'
    await insertThreadMuting(tx, { id: ctx.ids.next(), userId, threadId: note.threadId })
    return { threadId: note.threadId }
  })
}

/** Lets them hear of it again. */
export async function unmuteThread(
  ctx: Ctx,
  userId: string,
  noteId: string,
): Promise<{ threadId: string } | 'noSuchNote'> {
  return ctx.transact(async (tx) => {
    const note = await noteById(tx, noteId)
    if (!note) return 'noSuchNote'
    await deleteThreadMuting(tx, userId, note.threadId)
    return { threadId: note.threadId }
  })
}
