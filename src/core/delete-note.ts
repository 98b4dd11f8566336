import type { Ctx } from '../context.ts'
import type { AfterCommit, Db } from '../db/database.ts'
import { countOutOfChannel } from '../db/queries/channels.ts'
import { leaveClips } from '../db/queries/clip-notes.ts'
import { deleteNoteRow, holdNote, type NoteRow, noteById, renotesBy } from '../db/queries/notes.ts'
import { addToCounters } from '../db/queries/users.ts'
import { countAtTargets } from './count-at-targets.ts'

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
    const note = await holdNote(tx, noteId)
    if (!note) return 'noSuchNote'
    if (note.userId !== by.id && !by.isModerator) return 'accessDenied'
    await remove(ctx, tx, afterCommit, note)
    return { id: noteId }
  })
}

/** Renotes deleted in one transaction, which others wait for. */
const AT_ONCE = 50

/** Deletes every renote and quote a person has made of a note. */
export async function unrenote(ctx: Ctx, userId: string, noteId: string): Promise<{ id: string } | 'noSuchNote'> {
  if (!(await noteById(ctx.db, noteId))) return 'noSuchNote'
  const removeSome = () =>
    ctx.transact(async (tx, afterCommit) => {
      const ids = await renotesBy(tx, userId, noteId, AT_ONCE)
      for (const id of ids) {
        const note = await holdNote(tx, id)
        if (note) await remove(ctx, tx, afterCommit, note)
      }
      return ids.length
    })
  while ((await removeSome()) === AT_ONCE);
  return { id: noteId }
}

/** Deletes a note that is held, and counts it down. */
async function remove(ctx: Ctx, tx: Db, afterCommit: AfterCommit, note: NoteRow): Promise<void> {
  const { id, userId, channelId } = note
  await leaveClips(tx, id)
  await deleteNoteRow(tx, id)
  await countAtTargets(tx, note, -1)
  await addToCounters(tx, userId, { notes: -1 })
  if (channelId) await countOutOfChannel(tx, channelId, id, userId)
  afterCommit(() => ctx.bus.publish({ type: 'noteDeleted', id, userId }))
}
