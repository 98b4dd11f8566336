import type { Ctx } from '../context.ts'
import { countOutOfChannel } from '../db/queries/channels.ts'
import { leaveClips } from '../db/queries/clip-notes.ts'
import { addToScore, popularity } from '../db/queries/featured.ts'
import { addToNoteCounters, deleteNoteRow, noteById } from '../db/queries/notes.ts'
import { addToCounters, userById } from '../db/queries/users.ts'

export type DeleteNoteFailure = 'noSuchNote' | 'accessDenied'

/**
 * Deletes a note. Replies to it and renotes of it stay, pointing at nothing.
 * @param by who asks; others' notes are for moderators
 */
export async function deleteNote(
  ctx: Ctx,
  noteId: string,
  by: { id: string; isModerator: boolean },
): Promise<{ id: string } | DeleteNoteFailure> {
  return ctx.transact(async (tx, afterCommit) => {
    const note = await noteById(tx, noteId)
    if (!note) return 'noSuchNote'
    if (note.userId !== by.id && !by.isModerator) return 'accessDenied'
    await leaveClips(tx, noteId)
    if (!(await deleteNoteRow(tx, noteId))) return 'noSuchNote'
    await addToCounters(tx, note.userId, { notes: -1 })
    if (note.replyId) await addToNoteCounters(tx, note.replyId, { replies: -1 })
    if (note.renoteId && note.renoteUserId !== note.userId && !(await userById(tx, note.userId))?.isBot) {
      await addToNoteCounters(tx, note.renoteId, { renotes: -1 })
      await addToScore(tx, note.renoteId, -popularity.renote)
    }
    if (note.channelId) await countOutOfChannel(tx, note.channelId, noteId, note.userId)
    afterCommit(() => ctx.bus.publish({ type: 'noteDeleted', id: noteId, userId: note.userId }))
    return { id: noteId }
  })
}
