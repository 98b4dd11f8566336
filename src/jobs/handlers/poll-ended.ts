import { notify } from '../../core/notify.ts'
import { noteById } from '../../db/queries/notes.ts'
import { votersOf } from '../../db/queries/poll-voters.ts'
import type { JobData } from '../../db/schema/jobs.ts'
import type { Handler } from '../handler.ts'

/** Voters told in one transaction. */
const VOTERS = 100

/** Tells the author of a poll that is over, and those who voted. */
export const pollEnded: Handler<JobData['pollEnded']> = async (ctx, { data, done, keep }) => {
  const { noteId } = data
  for (let after = data.after ?? ''; ; ) {
    const next = await ctx.transact(async (tx, afterCommit) => {
      const note = await noteById(tx, noteId)
      const voters = note ? await votersOf(tx, noteId, after, VOTERS) : []
      const told = voters.filter((userId) => userId !== note?.userId)
      if (note && after === '') told.push(note.userId)
      for (const userId of told) await notify(ctx, tx, afterCommit, { userId, type: 'pollEnded', noteId })
      const last = voters.length < VOTERS ? undefined : voters.at(-1)
      const isOurs = last === undefined ? await done(tx) : await keep(tx, { noteId, after: last })
      return isOurs ? { last } : 'lost'
    })
    if (next === 'lost' || next.last === undefined) return undefined
    after = next.last
  }
}
