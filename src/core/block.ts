import type { Ctx } from '../context.ts'
import { deleteBlocking, insertBlocking, removeFromLists } from '../db/queries/blocking.ts'
import { takeTurnBetween } from '../db/queries/relations.ts'
import { userById } from '../db/queries/users.ts'
import { endFollow, endRequest } from './follow-steps.ts'

export type BlockFailure = 'blockeeIsYourself' | 'noSuchUser' | 'alreadyBlocking'

/** Blocks a person: what bound the two is undone, in both directions. */
export async function block(ctx: Ctx, blockerId: string, blockeeId: string): Promise<undefined | BlockFailure> {
  if (blockerId === blockeeId) return 'blockeeIsYourself'
  return ctx.transact(async (tx, afterCommit) => {
    await takeTurnBetween(tx, blockerId, blockeeId)
    const blockee = await userById(tx, blockeeId)
    if (!blockee || blockee.isDeleted) return 'noSuchUser'
    if (!(await insertBlocking(tx, { id: ctx.ids.next(), blockerId, blockeeId }))) return 'alreadyBlocking'
    for (const [followerId, followeeId] of [
      [blockerId, blockeeId],
      [blockeeId, blockerId],
    ] as const) {
      await endRequest(ctx, tx, afterCommit, { followerId, followeeId, state: 'ended' })
      await endFollow(ctx, tx, afterCommit, followerId, followeeId)
    }
    const lists = await removeFromLists(tx, blockerId, blockeeId)
    afterCommit(() => {
      for (const listId of lists) ctx.bus.publish({ type: 'listMember', listId, userId: blockerId, isMember: false })
      ctx.bus.publish({ type: 'relation', fromId: blockerId, toId: blockeeId })
    })
    return undefined
  })
}

export type UnblockFailure = 'blockeeIsYourself' | 'noSuchUser' | 'notBlocking'

/** Ends a block. What it undid stays undone. */
export async function unblock(ctx: Ctx, blockerId: string, blockeeId: string): Promise<undefined | UnblockFailure> {
  if (blockerId === blockeeId) return 'blockeeIsYourself'
  return ctx.transact(async (tx, afterCommit) => {
    if (!(await userById(tx, blockeeId))) return 'noSuchUser'
    if (!(await deleteBlocking(tx, blockerId, blockeeId))) return 'notBlocking'
    afterCommit(() => ctx.bus.publish({ type: 'relation', fromId: blockerId, toId: blockeeId }))
    return undefined
  })
}
