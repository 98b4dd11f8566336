import type { Ctx } from '../context.ts'
import { type ListMemberRow, membersOf, type UserListRow } from '../db/queries/user-lists.ts'
import { usersByIds } from '../db/queries/users.ts'
import { isoTimeOfId } from '../lib/id.ts'
import type { ListMembership, UserList } from './schema/user-list.ts'
import { showUserLite } from './user.ts'

/** Lists with the ids of the people on them. */
export async function showUserLists(ctx: Ctx, rows: readonly UserListRow[]): Promise<UserList[]> {
  const members = await membersOf(
    ctx.db,
    rows.map(({ id }) => id),
  )
  const byList = Map.groupBy(members, ({ listId }) => listId)
  return rows.map(({ id, name, isPublic }) => ({
    id,
    createdAt: isoTimeOfId(id),
    name,
    userIds: (byList.get(id) ?? []).map(({ userId }) => userId),
    isPublic,
  }))
}

/** Memberships of a list with the people. */
export async function showMemberships(ctx: Ctx, rows: readonly ListMemberRow[]): Promise<ListMembership[]> {
  const users = await usersByIds(
    ctx.db,
    rows.map(({ userId }) => userId),
  )
  const byId = new Map(users.map((user) => [user.id, user]))
  return rows.flatMap(({ id, userId, withReplies }) => {
    const user = byId.get(userId)
    return user ? [{ id, createdAt: isoTimeOfId(id), userId, user: showUserLite(ctx, user), withReplies }] : []
  })
}
