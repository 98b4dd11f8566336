import * as channels from '../../db/queries/channels.ts'
import { timeOfId } from '../../lib/id.ts'
import type { NoteEffect } from './effect.ts'

/** Counts the note in the channel it was posted in. */
export const countInChannel: NoteEffect = async ({ tx, note: { id, userId, channelId } }) => {
  if (channelId !== null) await channels.countInChannel(tx, channelId, id, userId, timeOfId(id))
}
