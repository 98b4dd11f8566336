import type { Ctx } from '../context.ts'
import { fillHome } from '../db/queries/fanout.ts'
import { deleteFollowing, insertFollowing } from '../db/queries/following.ts'
import { addToCounters, userById } from '../db/queries/users.ts'

export type FollowFailure = 'followeeIsYourself' | 'noSuchUser' | 'alreadyFollowing'

/** Makes one person follow another. */
export async function follow(
  ctx: Ctx,
  followerId: string,
  followeeId: string,
  withReplies: boolean,
): Promise<{ followeeId: string } | FollowFailure> {
  if (followerId === followeeId) return 'followeeIsYourself'
  return ctx.transact(async (tx, afterCommit) => {
    const followee = await userById(tx, followeeId)
    if (!followee || followee.isDeleted) return 'noSuchUser'
    if (!(await insertFollowing(tx, { id: ctx.ids.next(), followerId, followeeId, withReplies })))
      return 'alreadyFollowing'
    await fillHome(tx, followerId, { userId: followeeId })
    await addToCounters(tx, followerId, { following: 1 })
    await addToCounters(tx, followeeId, { followers: 1 })
    afterCommit(() => ctx.bus.publish({ type: 'followed', followerId, followeeId }))
    return { followeeId }
  })
}

export type UnfollowFailure = 'followeeIsYourself' | 'noSuchUser' | 'notFollowing'

/** Ends a follow. */
export async function unfollow(
  ctx: Ctx,
  followerId: string,
  followeeId: string,
): Promise<{ followeeId: string } | UnfollowFailure> {
  if (followerId === followeeId) return 'followeeIsYourself'
  return ctx.transact(async (tx, afterCommit) => {
    if (!(await userById(tx, followeeId))) return 'noSuchUser'
    if (!(await deleteFollowing(tx, followerId, followeeId))) return 'notFollowing'
    await addToCounters(tx, followerId, { following: -1 })
    await addToCounters(tx, followeeId, { followers: -1 })
    afterCommit(() => ctx.bus.publish({ type: 'unfollowed', followerId, followeeId }))
    return { followeeId }
  })
}
