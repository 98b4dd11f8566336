import type { Ctx } from '../context.ts'
import { maySeeNote } from '../db/queries/note-relations.ts'
import { noteById, pollsOf } from '../db/queries/notes.ts'
import { insertVote, takePoll } from '../db/queries/poll-votes.ts'
import { blocks } from '../db/queries/relations.ts'

export type VoteFailure =
  | 'noSuchNote'
  | 'noPoll'
  | 'youHaveBeenBlocked'
  | 'alreadyExpired'
  | 'invalidChoice'
  | 'alreadyVoted'

/**
 * Makes a person vote in the poll of a note. There is no taking it back.
 * @param choice its place in the list, from 0
 */
export async function vote(
  ctx: Ctx,
  userId: string,
  noteId: string,
  choice: number,
): Promise<{ choice: number } | VoteFailure> {
  const note = await noteById(ctx.db, noteId)
  if (!note || !(await maySeeNote(ctx.db, userId, note))) return 'noSuchNote'
  if (!note.hasPoll) return 'noPoll'
  if (await blocks(ctx.db, note.userId, userId)) return 'youHaveBeenBlocked'
  // What can be chosen never changes.
  const { choices } = await pollsOf(ctx.db, [noteId])
  const exists = choices.some(({ position }) => position === choice)
  return ctx.transact(async (tx, afterCommit) => {
    const poll = await takePoll(tx, noteId, Date.now())
    if (!poll) return 'alreadyExpired'
    if (!exists) return 'invalidChoice'
    const given = { id: ctx.ids.next(), noteId, userId, choice }
    if (!(await insertVote(tx, given, poll.multiple))) return 'alreadyVoted'
    afterCommit(() => ctx.bus.publish({ type: 'pollVoted', noteId, userId, choice }))
    return { choice }
  })
}
