import type { Ctx } from '../context.ts'
import { blocks, takeTurnBetween } from '../db/queries/relations.ts'
import { takeTurn } from '../db/queries/turns.ts'
import { deleteMember, insertMember, isMember, membersOf, ownList, setWithReplies } from '../db/queries/user-lists.ts'
import { userById } from '../db/queries/users.ts'

export type ListMemberFailure = 'noSuchList' | 'noSuchUser'
export type AddToListFailure = ListMemberFailure | 'alreadyAdded' | 'youHaveBeenBlocked' | 'tooManyUsers'

/**
 * Puts someone on a person's own list.
 * @param limit how many people may be on it
 */
export async function addToList(
  ctx: Ctx,
  ownerId: string,
  listId: string,
  userId: string,
  limit: number,
): Promise<{ listId: string } | AddToListFailure> {
  return ctx.transact(async (tx, afterCommit) => {
    if (!(await ownList(tx, listId, ownerId))) return 'noSuchList'
    const user = await userById(tx, userId)
    if (!user || user.isDeleted) return 'noSuchUser'
    await takeTurnBetween(tx, userId, ownerId)
    if (await blocks(tx, userId, ownerId)) return 'youHaveBeenBlocked'
    await takeTurn(tx, `list ${listId}`)
    if (await isMember(tx, listId, userId)) return 'alreadyAdded'
    if ((await membersOf(tx, [listId])).length >= limit) return 'tooManyUsers'
    if (!(await insertMember(tx, { id: ctx.ids.next(), listId, userId }))) return 'alreadyAdded'
    afterCommit(() => ctx.bus.publish({ type: 'listMember', listId, userId, isMember: true }))
    return { listId }
  })
}

/** Takes someone off a person's own list; somebody who is not on it may be taken off too. */
export async function removeFromList(
  ctx: Ctx,
  ownerId: string,
  listId: string,
  userId: string,
): Promise<{ listId: string } | ListMemberFailure> {
  return ctx.transact(async (tx, afterCommit) => {
    if (!(await ownList(tx, listId, ownerId))) return 'noSuchList'
    if (!(await userById(tx, userId))) return 'noSuchUser'
    if (await deleteMember(tx, listId, userId))
      afterCommit(() => ctx.bus.publish({ type: 'listMember', listId, userId, isMember: false }))
    return { listId }
  })
}

/** Says whether a person's own list shows what one of its members replies to others. */
export async function changeMembership(
  ctx: Ctx,
  ownerId: string,
  listId: string,
  userId: string,
  { withReplies }: { withReplies: boolean | undefined },
): Promise<{ listId: string } | ListMemberFailure> {
  return ctx.transact(async (tx) => {
    if (!(await ownList(tx, listId, ownerId))) return 'noSuchList'
    const found =
      withReplies === undefined
        ? await isMember(tx, listId, userId)
        : await setWithReplies(tx, listId, userId, withReplies)
    return found ? { listId } : 'noSuchUser'
  })
}
