import type { Ctx } from '../context.ts'
import { askersAfter } from '../db/queries/follow-requests.ts'
import { takeTurnBetween } from '../db/queries/relations.ts'
import { type UserRow, userById } from '../db/queries/users.ts'
import { beginFollow, endRequest } from './follow-steps.ts'

export type AcceptFailure = 'noSuchUser' | 'noFollowRequest'

/** Lets a person follow who has asked to. */
export async function acceptRequest(
  ctx: Ctx,
  followeeId: string,
  followerId: string,
): Promise<undefined | AcceptFailure> {
  return ctx.transact(async (tx, afterCommit) => {
    await takeTurnBetween(tx, followerId, followeeId)
    const follower = await userById(tx, followerId)
    const followee = await userById(tx, followeeId)
    if (!follower || follower.isDeleted || !followee) return 'noSuchUser'
    const request = await endRequest(ctx, tx, afterCommit, { followerId, followeeId, state: 'accepted' })
    if (!request) return 'noFollowRequest'
    await beginFollow(ctx, tx, afterCommit, { followerId, followee, withReplies: request.withReplies })
    return undefined
  })
}

/** Requests that are read at once. */
const BATCH = 100

/**
 * Lets everybody follow who has asked to, unless the account is locked: who unlocks theirs asks nobody to wait. Each is a
 * transaction of its own, so that many of them hold nobody up.
 * @returns false when it was cut short
 */
export async function acceptAllRequests(ctx: Ctx, userId: string, signal: AbortSignal): Promise<boolean> {
  for (let after = ''; ; ) {
    const askers = await askersAfter(ctx.db, userId, after, BATCH)
    for (const { id, followerId } of askers) {
      if (signal.aborted) return false
      // It may be locked again by now, and whoever has asked since is to be asked about.
      if ((await userById(ctx.db, userId))?.isLocked !== false) return true
      await acceptRequest(ctx, userId, followerId)
      after = id
    }
    if (askers.length < BATCH) return true
  }
}

/** Refuses a person who has asked to follow; nothing happens when they have not. */
export async function rejectRequest(
  ctx: Ctx,
  followeeId: string,
  followerId: string,
): Promise<undefined | 'noSuchUser'> {
  return ctx.transact(async (tx, afterCommit) => {
    if (!(await userById(tx, followerId))) return 'noSuchUser'
    await endRequest(ctx, tx, afterCommit, { followerId, followeeId, state: 'rejected' })
    return undefined
  })
}

/**
 * Takes back a request to follow.
 * @returns whom it was sent to
 */
export async function cancelRequest(
  ctx: Ctx,
  followerId: string,
  followeeId: string,
): Promise<UserRow | 'noSuchUser' | 'followRequestNotFound'> {
  return ctx.transact(async (tx, afterCommit) => {
    const followee = await userById(tx, followeeId)
    if (!followee) return 'noSuchUser'
    const request = await endRequest(ctx, tx, afterCommit, { followerId, followeeId, state: 'ended' })
    return request ? followee : 'followRequestNotFound'
  })
}
