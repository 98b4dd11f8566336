import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import type { FollowRequestTable } from '../schema/people.ts'

export type FollowRequestRow = Selectable<FollowRequestTable>

/** Puts a request to follow in place of the one there may be. */
export async function putFollowRequest(tx: Db, request: Insertable<FollowRequestTable>): Promise<void> {
  const { id, withReplies } = request
  await tx
    .insertInto('followRequest')
    .values(request)
    .onConflict((conflict) => conflict.columns(['followerId', 'followeeId']).doUpdateSet({ id, withReplies }))
    .execute()
}

/** Takes a request away; undefined when there was none. */
export const deleteFollowRequest = (
  tx: Db,
  followerId: string,
  followeeId: string,
): Promise<FollowRequestRow | undefined> =>
  tx
    .deleteFrom('followRequest')
    .where('followerId', '=', followerId)
    .where('followeeId', '=', followeeId)
    .returningAll()
    .executeTakeFirst()

/** Who has asked to follow a person, in the order of asking: up to `limit` after a request. */
export const askersAfter = (db: Db, followeeId: string, after: string, limit: number): Promise<FollowRequestRow[]> =>
  db
    .selectFrom('followRequest')
    .selectAll()
    .where('followeeId', '=', followeeId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()

const anyRequest = prepared((db, p: Parameters<{ followee: string }>) =>
  db
    .selectFrom('followRequest')
    .innerJoin('user', 'user.id', 'followRequest.followerId')
    .select('followRequest.id')
    .where('followRequest.followeeId', '=', p.followee)
    .where('user.isDeleted', '=', false)
    .limit(1),
)

/** Whether somebody waits for a person's consent. */
export const hasFollowRequest = async (db: Db, followee: string): Promise<boolean> =>
  (await anyRequest(db, { followee })).length > 0

/** Takes back what a person was told of a request that is no more. */
export async function deleteRequestNotice(tx: Db, followerId: string, followeeId: string): Promise<void> {
  await tx
    .deleteFrom('notification')
    .where('userId', '=', followeeId)
    .where('notifierId', '=', followerId)
    .where('type', '=', 'receiveFollowRequest')
    .execute()
}
