import type { Insertable } from 'kysely'
import type { Db } from '../database.ts'
import type { BlockingTable } from '../schema/people.ts'

/** Makes a block; false when it was there already. */
export async function insertBlocking(tx: Db, blocking: Insertable<BlockingTable>): Promise<boolean> {
  const row = await tx
    .insertInto('blocking')
    .values(blocking)
    .onConflict((conflict) => conflict.columns(['blockerId', 'blockeeId']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Ends a block; whether there was one. */
export async function deleteBlocking(tx: Db, blockerId: string, blockeeId: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('blocking')
    .where('blockerId', '=', blockerId)
    .where('blockeeId', '=', blockeeId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Takes a person out of all lists of another; the ids of the lists they were in. */
export async function removeFromLists(tx: Db, memberId: string, ownerId: string): Promise<string[]> {
  const rows = await tx
    .deleteFrom('listMember')
    .where('userId', '=', memberId)
    .where('listId', 'in', (list) => list.selectFrom('userList').select('id').where('userId', '=', ownerId))
    .returning('listId')
    .execute()
  return rows.map(({ listId }) => listId)
}
