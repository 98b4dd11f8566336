import type { Ctx } from '../context.ts'
import { antennasOnList } from '../db/queries/antennas.ts'
import { takeTurn } from '../db/queries/turns.ts'
import { countListsOf, deleteList, insertList, updateList } from '../db/queries/user-lists.ts'

/**
 * Makes a list of people, empty at first.
 * @param limit how many lists the person may have
 */
export async function createUserList(
  ctx: Ctx,
  userId: string,
  name: string,
  limit: number,
): Promise<{ id: string } | 'tooManyUserLists'> {
  return ctx.transact(async (tx) => {
    await takeTurn(tx, `lists ${userId}`)
    if ((await countListsOf(tx, userId)) >= limit) return 'tooManyUserLists'
    const id = ctx.ids.next()
    await insertList(tx, { id, userId, name })
    return { id }
  })
}

/** Renames a person's own list, or opens it to everyone or closes it. */
export async function updateUserList(
  ctx: Ctx,
  userId: string,
  listId: string,
  changes: { name: string | undefined; isPublic: boolean | undefined },
): Promise<{ id: string } | 'noSuchList'> {
  return ctx.transact(async (tx) =>
    (await updateList(tx, listId, userId, changes)) ? { id: listId } : ('noSuchList' as const),
  )
}

/** Deletes a person's own list, and the antennas that listen to it. */
export async function deleteUserList(ctx: Ctx, userId: string, listId: string): Promise<{ id: string } | 'noSuchList'> {
  return ctx.transact(async (tx, afterCommit) => {
    const antennas = await antennasOnList(tx, listId)
    if (!(await deleteList(tx, listId, userId))) return 'noSuchList'
    for (const id of antennas) afterCommit(() => ctx.bus.publish({ type: 'antenna', id, userId }))
    return { id: listId }
  })
}
