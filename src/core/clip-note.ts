import type { Ctx } from '../context.ts'
import { deleteClipNote, insertClipNote } from '../db/queries/clip-notes.ts'
import { holdClip } from '../db/queries/clips.ts'
import { noteById } from '../db/queries/notes.ts'

export type UnclipNoteFailure = 'noSuchClip' | 'noSuchNote'
export type ClipNoteFailure = UnclipNoteFailure | 'alreadyClipped' | 'tooManyClipNotes'

/**
 * Puts a note into a person's own clip.
 * @param limit how many notes may be in one
 */
export async function clipNote(
  ctx: Ctx,
  userId: string,
  clipId: string,
  noteId: string,
  limit: number,
): Promise<{ clipId: string } | ClipNoteFailure> {
  return ctx.transact(async (tx) => {
    const clip = await holdClip(tx, clipId, userId)
    if (!clip) return 'noSuchClip'
    if (!(await noteById(tx, noteId))) return 'noSuchNote'
    // Whichever failure is returned, nothing of it stays.
    if (!(await insertClipNote(tx, clipId, noteId, Date.now()))) return 'alreadyClipped'
    return clip.notesCount < limit ? { clipId } : 'tooManyClipNotes'
  })
}

/** Takes a note out of a person's own clip; one that is not in it may be taken out too. */
export async function unclipNote(
  ctx: Ctx,
  userId: string,
  clipId: string,
  noteId: string,
): Promise<{ clipId: string } | UnclipNoteFailure> {
  return ctx.transact(async (tx) => {
    if (!(await holdClip(tx, clipId, userId))) return 'noSuchClip'
    if (!(await noteById(tx, noteId))) return 'noSuchNote'
    await deleteClipNote(tx, clipId, noteId)
    return { clipId }
  })
}
