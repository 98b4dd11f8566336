import type { Insertable, Selectable } from 'kysely'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import type { ListMemberTable, UserListTable } from '../schema/collections.ts'

export type UserListRow = Selectable<UserListTable>
export type ListMemberRow = Selectable<ListMemberTable>

const byId = prepared((db, p: Parameters<{ id: string }>) =>
  db.selectFrom('userList').selectAll().where('id', '=', p.id),
)

/** A list if it is this person's own. */
export async function ownList(db: Db, id: string, userId: string): Promise<UserListRow | undefined> {
  const [row] = await byId(db, { id })
  return row?.userId === userId ? row : undefined
}

/** A list if everyone may see it. */
export async function publicList(db: Db, id: string): Promise<UserListRow | undefined> {
  const [row] = await byId(db, { id })
  return row?.isPublic ? row : undefined
}

/** A person's lists, oldest first: all of them, or those everyone may see. */
export function listsOf(db: Db, userId: string, { publicOnly }: { publicOnly: boolean }): Promise<UserListRow[]> {
  const theirs = db.selectFrom('userList').selectAll().where('userId', '=', userId).orderBy('id')
  return (publicOnly ? theirs.where('isPublic', '=', true) : theirs).execute()
}

export async function countListsOf(db: Db, userId: string): Promise<number> {
  const rows = await db.selectFrom('userList').select('id').where('userId', '=', userId).execute()
  return rows.length
}

export async function insertList(tx: Db, list: Insertable<UserListTable>): Promise<void> {
  await tx.insertInto('userList').values(list).execute()
}

/** Changes a person's own list; whether there was one. */
export async function updateList(
  tx: Db,
  id: string,
  userId: string,
  changes: { name: string | undefined; isPublic: boolean | undefined },
): Promise<boolean> {
  const row = await tx
    .updateTable('userList')
    .set((row) => ({
      name: changes.name ?? row.ref('name'),
      isPublic: changes.isPublic ?? row.ref('isPublic'),
    }))
    .where('id', '=', id)
    .where('userId', '=', userId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Deletes a person's own list with its members, and the antennas that listen to it; whether there was one. */
export async function deleteList(tx: Db, id: string, userId: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('userList')
    .where('id', '=', id)
    .where('userId', '=', userId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Who is on these lists, in the order they were added. */
export async function membersOf(db: Db, listIds: readonly string[]): Promise<{ listId: string; userId: string }[]> {
  if (listIds.length === 0) return []
  return db
    .selectFrom('listMember')
    .select(['listId', 'userId'])
    .where('listId', 'in', listIds)
    .orderBy('listMember.id')
    .execute()
}

/** One page of the members of a list, by the id of the membership. */
export const memberPage = (db: Db, listId: string, page: Page): Promise<ListMemberRow[]> =>
  db
    .selectFrom('listMember')
    .selectAll()
    .where('listId', '=', listId)
    .where('id', '>', page.since ?? '')
    .where('id', '<', page.until ?? '~')
    .orderBy('id', page.order)
    .limit(page.limit)
    .execute()

/** Adds someone to a list; false when they were on it. */
export async function insertMember(tx: Db, member: Insertable<ListMemberTable>): Promise<boolean> {
  const row = await tx
    .insertInto('listMember')
    .values(member)
    .onConflict((conflict) => conflict.columns(['listId', 'userId']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Takes someone off a list; whether they were on it. */
export async function deleteMember(tx: Db, listId: string, userId: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('listMember')
    .where('listId', '=', listId)
    .where('userId', '=', userId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Changes how a list shows one of its members; whether they are on it. */
export async function setWithReplies(tx: Db, listId: string, userId: string, withReplies: boolean): Promise<boolean> {
  const row = await tx
    .updateTable('listMember')
    .set({ withReplies })
    .where('listId', '=', listId)
    .where('userId', '=', userId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Whether someone is on a list. */
export async function isMember(db: Db, listId: string, userId: string): Promise<boolean> {
  const rows = await db
    .selectFrom('listMember')
    .select('id')
    .where('listId', '=', listId)
    .where('userId', '=', userId)
    .execute()
  return rows.length > 0
}

/** Which of these lists somebody is on. */
export async function listsWith(db: Db, userId: string, listIds: readonly string[]): Promise<Set<string>> {
  if (listIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('listMember')
    .select('listId')
    .where('userId', '=', userId)
    .where('listId', 'in', listIds)
    .execute()
  return new Set(rows.map(({ listId }) => listId))
}
