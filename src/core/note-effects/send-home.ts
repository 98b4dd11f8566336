import { sendOut } from '../../db/queries/fanout.ts'
import type { NoteEffect } from './effect.ts'

/** Sends the note to the home timelines it belongs into; where there are many, a job does it. */
export const sendHome: NoteEffect = async ({ ctx, tx, afterCommit, note }) => {
  const { id: noteId, userId, channelId, visibility, recipients } = note
  const isMuch = await sendOut(tx, { noteId, userId, channelId }, visibility === 'specified' ? recipients : null)
  if (isMuch) afterCommit(() => ctx.bus.publish({ type: 'fanout' }))
}
