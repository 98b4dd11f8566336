import { later } from '../later.ts'
import type { NoteEffect } from './effect.ts'

/** Sees to it that people hear of the end of the note's poll, if it ends. */
export const endPoll: NoteEffect = async ({ ctx, tx, afterCommit, note: { id, poll } }) => {
  if (poll === null || poll.expiresAt === null) return
  await later(ctx, tx, afterCommit, { kind: 'pollEnded', subject: id, data: { noteId: id }, runAt: poll.expiresAt })
}
