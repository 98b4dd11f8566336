import type { Ctx } from '../context.ts'
import type { AfterCommit, Db } from '../db/database.ts'
import { deleteRequestNotice, putFollowRequest } from '../db/queries/follow-requests.ts'
import { followingOf } from '../db/queries/following.ts'
import { blocks, takeTurnBetween } from '../db/queries/relations.ts'
import { accountOf, type UserRow, userById } from '../db/queries/users.ts'
import { beginFollow, endFollow, endRequest } from './follow-steps.ts'
import { notify } from './notify.ts'

export type FollowFailure = 'followeeIsYourself' | 'noSuchUser' | 'alreadyFollowing' | 'blocking' | 'blocked'

/**
 * Makes one person follow another, or asks for their consent where they want to be asked. A request that waits already is
 * replaced.
 * @returns whom they want to follow
 */
export async function follow(
  ctx: Ctx,
  followerId: string,
  followeeId: string,
  withReplies: boolean,
): Promise<UserRow | FollowFailure> {
  if (followerId === followeeId) return 'followeeIsYourself'
  return ctx.transact(async (tx, afterCommit) => {
    await takeTurnBetween(tx, followerId, followeeId)
    const followee = await userById(tx, followeeId)
    if (!followee || followee.isDeleted) return 'noSuchUser'
    if (await followingOf(tx, followerId, followeeId)) return 'alreadyFollowing'
    if (await blocks(tx, followerId, followeeId)) return 'blocking'
    if (await blocks(tx, followeeId, followerId)) return 'blocked'
    if (await wantsToBeAsked(tx, followerId, followee)) {
      await ask(ctx, tx, afterCommit, { followerId, followeeId, withReplies })
      return followee
    }
    await endRequest(ctx, tx, afterCommit, { followerId, followeeId, state: 'accepted' })
    return (await beginFollow(ctx, tx, afterCommit, { followerId, followee, withReplies }))
      ? followee
      : 'alreadyFollowing'
  })
}

/** Whether a person decides themselves if this one may follow them. */
async function wantsToBeAsked(tx: Db, followerId: string, followee: UserRow): Promise<boolean> {
  const account = await accountOf(tx, followee.id)
  const follower = await userById(tx, followerId)
  if (!followee.isLocked && !(account?.carefulBot && follower?.isBot)) return false
  return !(account?.autoAcceptFollowed && (await followingOf(tx, followee.id, followerId)))
}

async function ask(
  ctx: Ctx,
  tx: Db,
  afterCommit: AfterCommit,
  request: { followerId: string; followeeId: string; withReplies: boolean },
): Promise<void> {
  const { followerId, followeeId } = request
  await putFollowRequest(tx, { id: ctx.ids.next(), ...request })
  // Asking again moves the request to the top; it must not fill the list of notifications.
  await deleteRequestNotice(tx, followerId, followeeId)
  await notify(ctx, tx, afterCommit, { userId: followeeId, type: 'receiveFollowRequest', notifierId: followerId })
  afterCommit(() => ctx.bus.publish({ type: 'followRequest', followerId, followeeId, state: 'made' }))
}

export type UnfollowFailure = 'followeeIsYourself' | 'noSuchUser' | 'notFollowing'

/** Ends a follow. */
export async function unfollow(ctx: Ctx, followerId: string, followeeId: string): Promise<UserRow | UnfollowFailure> {
  if (followerId === followeeId) return 'followeeIsYourself'
  return ctx.transact(async (tx, afterCommit) => {
    const followee = await userById(tx, followeeId)
    if (!followee) return 'noSuchUser'
    await takeTurnBetween(tx, followerId, followeeId)
    return (await endFollow(ctx, tx, afterCommit, followerId, followeeId)) ? followee : 'notFollowing'
  })
}

export type RemoveFollowerFailure = 'followerIsYourself' | 'noSuchUser' | 'notFollowing'

/** Makes a person stop following oneself. */
export async function removeFollower(
  ctx: Ctx,
  followeeId: string,
  followerId: string,
): Promise<UserRow | RemoveFollowerFailure> {
  if (followerId === followeeId) return 'followerIsYourself'
  return ctx.transact(async (tx, afterCommit) => {
    const follower = await userById(tx, followerId)
    if (!follower) return 'noSuchUser'
    await takeTurnBetween(tx, followerId, followeeId)
    return (await endFollow(ctx, tx, afterCommit, followerId, followeeId)) ? follower : 'notFollowing'
  })
}
