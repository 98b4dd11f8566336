import { addToCounters } from '../../db/queries/users.ts'
import { timeOfId } from '../../lib/id.ts'
import { countAtTargets } from '../count-at-targets.ts'
import type { NoteEffect } from './effect.ts'

/** Counts the note with what it replies to and renotes, and with its author. */
export const count: NoteEffect = async ({ tx, note }) => {
  await countAtTargets(tx, note, 1)
  await addToCounters(tx, note.userId, { notes: 1, updatedAt: timeOfId(note.id) })
}
