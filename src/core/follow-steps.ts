import type { Ctx } from '../context.ts'
import type { AfterCommit, Db } from '../db/database.ts'
import { fillHome } from '../db/queries/fanout.ts'
import { deleteFollowRequest, deleteRequestNotice, type FollowRequestRow } from '../db/queries/follow-requests.ts'
import { deleteFollowing, insertFollowing } from '../db/queries/following.ts'
import { addToCounters, type UserRow } from '../db/queries/users.ts'
import { notify } from './notify.ts'

/** Rows are changed in the order of their ids: people who follow one another at once would wait for each other for ever. */
async function countFollow(tx: Db, followerId: string, followeeId: string, by: 1 | -1): Promise<void> {
  const follower = () => addToCounters(tx, followerId, { following: by })
  const followee = () => addToCounters(tx, followeeId, { followers: by })
  for (const count of followerId < followeeId ? [follower, followee] : [followee, follower]) await count()
}

/** Makes a follow with all that comes with it, in an open transaction; false when it was there already. */
export async function beginFollow(
  ctx: Ctx,
  tx: Db,
  afterCommit: AfterCommit,
  { followerId, followee, withReplies }: { followerId: string; followee: UserRow; withReplies: boolean },
): Promise<boolean> {
  const followeeId = followee.id
  if (!(await insertFollowing(tx, { id: ctx.ids.next(), followerId, followeeId, withReplies }))) return false
  await fillHome(tx, followerId, { userId: followeeId })
  await countFollow(tx, followerId, followeeId, 1)
  const data = { message: followee.followedMessage }
  const accepted = { userId: followerId, type: 'followRequestAccepted', notifierId: followeeId, data }
  const followed = { userId: followeeId, type: 'follow', notifierId: followerId }
  // In the order of ids as well, for telling somebody keeps others from it to the end of the transaction.
  const notices = followerId < followeeId ? [accepted, followed] : [followed, accepted]
  for (const notice of notices) await notify(ctx, tx, afterCommit, notice)
  afterCommit(() => ctx.bus.publish({ type: 'followed', followerId, followeeId }))
  return true
}

/** Ends a follow in an open transaction; whether there was one. */
export async function endFollow(
  ctx: Ctx,
  tx: Db,
  afterCommit: AfterCommit,
  followerId: string,
  followeeId: string,
): Promise<boolean> {
  if (!(await deleteFollowing(tx, followerId, followeeId))) return false
  await countFollow(tx, followerId, followeeId, -1)
  afterCommit(() => ctx.bus.publish({ type: 'unfollowed', followerId, followeeId }))
  return true
}

/** Ends a request to follow in an open transaction, and what its receiver was told of it; the request, if there was one. */
export async function endRequest(
  ctx: Ctx,
  tx: Db,
  afterCommit: AfterCommit,
  {
    followerId,
    followeeId,
    state,
  }: { followerId: string; followeeId: string; state: 'accepted' | 'rejected' | 'ended' },
): Promise<FollowRequestRow | undefined> {
  const request = await deleteFollowRequest(tx, followerId, followeeId)
  if (!request) return undefined
  await deleteRequestNotice(tx, followerId, followeeId)
  afterCommit(() => ctx.bus.publish({ type: 'followRequest', followerId, followeeId, state }))
  return request
}
