import { addToScore, popularity } from '../../db/queries/featured.ts'
import { addToNoteCounters } from '../../db/queries/notes.ts'
import { addToCounters } from '../../db/queries/users.ts'
import { timeOfId } from '../../lib/id.ts'
import type { NoteEffect } from './effect.ts'

/** Counts the note with its author, and with what it replies to and renotes; renotes by bots say nothing of a note. */
export const count: NoteEffect = async ({ tx, note: { id, userId, author, reply, renote } }) => {
  if (reply) await addToNoteCounters(tx, reply.id, { replies: 1 })
  if (renote && renote.userId !== userId && !author.isBot) {
    await addToNoteCounters(tx, renote.id, { renotes: 1 })
    await addToScore(tx, renote.id, popularity.renote)
  }
  await addToCounters(tx, userId, { notes: 1, updatedAt: timeOfId(id) })
}
