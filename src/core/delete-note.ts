import type { Ctx } from '../context.ts'
import type { AfterCommit, Db } from '../db/database.ts'
import { countOutOfChannel } from '../db/queries/channels.ts'
import { leaveClips } from '../db/queries/clip-notes.ts'
import { addToScore, popularity } from '../db/queries/featured.ts'
import { addToNoteCounters, deleteNoteRow, type NoteRow, noteById, renotesBy } from '../db/queries/notes.ts'
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
    return (await remove(ctx, tx, afterCommit, note)) ? { id: noteId } : 'noSuchNote'
  })
}

/** Renotes deleted in one transaction, which others wait for. */
const AT_ONCE = 50

/** Deletes every renote and quote a person has made of a note. */
export async function unrenote(ctx: Ctx, userId: string, noteId: string): Promise<{ id: string } | 'noSuchNote'> {
  if (!(await noteById(ctx.db, noteId))) return 'noSuchNote'
  const removeSome = () =>
    ctx.transact(async (tx, afterCommit) => {
      const notes = await renotesBy(tx, userId, noteId, AT_ONCE)
      for (const note of notes) await remove(ctx, tx, afterCommit, note)
      return notes.length
    })
  while ((await removeSome()) === AT_ONCE);
  return { id: noteId }
}

/** Deletes a note and counts it down; whether it was still there. */
async function remove(ctx: Ctx, tx: Db, afterCommit: AfterCommit, note: NoteRow): Promise<boolean> {
  const { id, userId, replyId, renoteId, renoteUserId, channelId } = note
  await leaveClips(tx, id)
  if (!(await deleteNoteRow(tx, id))) return false
  await addToCounters(tx, userId, { notes: -1 })
  if (replyId) await addToNoteCounters(tx, replyId, { replies: -1 })
  if (renoteId && renoteUserId !== userId && !(await userById(tx, userId))?.isBot) {
    await addToNoteCounters(tx, renoteId, { renotes: -1 })
    await addToScore(tx, renoteId, -popularity.renote)
  }
  if (channelId) await countOutOfChannel(tx, channelId, id, userId)
  afterCommit(() => ctx.bus.publish({ type: 'noteDeleted', id, userId }))
  return true
}
