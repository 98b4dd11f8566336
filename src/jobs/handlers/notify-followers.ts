import { tellFollowers } from '../../core/tell-followers.ts'
import { noteById } from '../../db/queries/notes.ts'
import { followersToTell } from '../../db/queries/notification-recipients.ts'
import type { JobData } from '../../db/schema/jobs.ts'
import type { Handler } from '../handler.ts'

/** Followers told in one transaction. */
const FOLLOWERS = 100

/** Tells the many followers of a note's author who want to be told of every note. */
export const notifyFollowers: Handler<JobData['notifyFollowers']> = async (ctx, { data, done, keep, signal }) => {
  const { noteId } = data
  for (let after = data.after ?? ''; ; ) {
    if (signal.aborted) return 'again'
    const part = await ctx.transact(async (tx, afterCommit) => {
      const note = await noteById(tx, noteId)
      const followers = note ? await followersToTell(tx, note.userId, after, FOLLOWERS) : []
      const last = followers.length < FOLLOWERS ? undefined : followers.at(-1)?.id
      const isOurs = last === undefined ? await done(tx) : await keep(tx, { noteId, after: last })
      if (!isOurs) return 'lost'
      const told = followers.map(({ followerId }) => followerId)
      if (note) await tellFollowers(ctx, tx, afterCommit, note, told)
      return { last }
    })
    if (part === 'lost' || part.last === undefined) return undefined
    after = part.last
  }
}
