import { notifyAll } from '../../core/notify.ts'
import { noteById } from '../../db/queries/notes.ts'
import { votersOf } from '../../db/queries/poll-voters.ts'
import type { JobData } from '../../db/schema/jobs.ts'
import type { Handler } from '../handler.ts'

/** Voters told in one transaction. */
const VOTERS = 100

/** Tells the author of a poll that is over, and those who voted. */
export const pollEnded: Handler<JobData['pollEnded']> = async (ctx, { data, done, keep, signal }) => {
  const { noteId } = data
  for (let after = data.after ?? ''; ; ) {
    if (signal.aborted) return 'again'
    const part = await ctx.transact(async (tx, afterCommit) => {
      const note = await noteById(tx, noteId)
      const voters = note ? await votersOf(tx, noteId, after, VOTERS) : []
      const last = voters.length < VOTERS ? undefined : voters.at(-1)
      const isOurs = last === undefined ? await done(tx) : await keep(tx, { noteId, after: last })
      if (!isOurs) return 'lost'
      const told = voters.filter((userId) => userId !== note?.userId)
      if (note && after === '') told.push(note.userId)
      const notices = told.map((userId) => ({ userId, type: 'pollEnded' }))
      await notifyAll(ctx, tx, afterCommit, { noteId }, notices)
      return { last }
    })
    if (part === 'lost' || part.last === undefined) return undefined
    after = part.last
  }
}
