import type { Db } from '../db/database.ts'
import { addToScore, popularity } from '../db/queries/featured.ts'
import { addToNoteCounters } from '../db/queries/notes.ts'
import { userById } from '../db/queries/users.ts'

interface Targeting {
  userId: string
  replyId: string | null
  renoteId: string | null
  renoteUserId: string | null
}

/**
 * Counts a note at what it replies to and renotes, or out again. Renotes by bots, and of one's own notes, say nothing of a
 * note. Belongs before the counters of the author: whoever posts and whoever deletes take rows in the same order, or they
 * would wait for each other for ever.
 */
export async function countAtTargets(tx: Db, note: Targeting, by: 1 | -1): Promise<void> {
  const { userId, replyId, renoteId, renoteUserId } = note
  const isCounted = renoteId !== null && renoteUserId !== userId && !(await userById(tx, userId))?.isBot
  const targets = new Map<string, { replies?: number; renotes?: number }>()
  if (replyId) targets.set(replyId, { replies: by })
  if (isCounted) targets.set(renoteId, { ...targets.get(renoteId), renotes: by })
  // For the same reason the latest first: what is deleted is later than what it replies to.
  for (const id of [...targets.keys()].sort().reverse()) await addToNoteCounters(tx, id, targets.get(id)!)
  if (isCounted) await addToScore(tx, renoteId, by * popularity.renote)
}
