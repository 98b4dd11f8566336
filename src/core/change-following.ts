import type { Ctx } from '../context.ts'
import { type FollowingChange, updateFollowing, updateFollowings } from '../db/queries/following.ts'
import { userById } from '../db/queries/users.ts'
import type { UnfollowFailure } from './follow.ts'

/** Changes what a follow brings: replies, and notifications of new notes. */
export async function changeFollowing(
  ctx: Ctx,
  followerId: string,
  followeeId: string,
  change: FollowingChange,
): Promise<undefined | UnfollowFailure> {
  if (followerId === followeeId) return 'followeeIsYourself'
  return ctx.transact(async (tx, afterCommit) => {
    if (!(await userById(tx, followeeId))) return 'noSuchUser'
    if (!(await updateFollowing(tx, followerId, followeeId, change))) return 'notFollowing'
    afterCommit(() => ctx.bus.publish({ type: 'relation', fromId: followerId, toId: followeeId }))
    return undefined
  })
}

/** Changes the same of all follows of a person. */
export async function changeFollowings(ctx: Ctx, followerId: string, change: FollowingChange): Promise<void> {
  await ctx.transact(async (tx, afterCommit) => {
    await updateFollowings(tx, followerId, change)
    afterCommit(() => ctx.bus.publish({ type: 'relation', fromId: followerId, toId: null }))
  })
}
