import { enqueue } from '../../db/queries/jobs.ts'
import type { NoteEffect } from './effect.ts'

/** Sees to it that people hear of the end of the note's poll, if it ends. */
export const endPoll: NoteEffect = async ({ ctx, tx, note: { id, poll } }) => {
  if (poll === null || poll.expiresAt === null) return
  await enqueue(tx, { id: ctx.ids.next(), kind: 'pollEnded', subject: id, data: { noteId: id }, runAt: poll.expiresAt })
}
