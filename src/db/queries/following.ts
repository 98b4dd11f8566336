import type { Expression, Insertable, Selectable } from 'kysely'
import type { Db } from '../database.ts'
import { type Parameters, prepared, preparedList } from '../prepared.ts'
import type { FollowingTable } from '../schema/people.ts'

export type FollowingRow = Selectable<FollowingTable>

/** Makes a follow; false when it was there already. */
export async function insertFollowing(db: Db, following: Insertable<FollowingTable>): Promise<boolean> {
  const row = await db
    .insertInto('following')
    .values(following)
    .onConflict((conflict) => conflict.columns(['followerId', 'followeeId']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Ends a follow; whether there was one. */
export async function deleteFollowing(db: Db, followerId: string, followeeId: string): Promise<boolean> {
  const row = await db
    .deleteFrom('following')
    .where('followerId', '=', followerId)
    .where('followeeId', '=', followeeId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

const one = prepared((db, p: Parameters<{ follower: string; followee: string }>) =>
  db.selectFrom('following').selectAll().where('followerId', '=', p.follower).where('followeeId', '=', p.followee),
)

export const followingOf = async (db: Db, follower: string, followee: string): Promise<FollowingRow | undefined> =>
  (await one(db, { follower, followee }))[0]

/** The follows from one person to any of these. */
export const followingsTo = (db: Db, followerId: string, followeeIds: readonly string[]): Promise<FollowingRow[]> =>
  toSome(db, followeeIds, { followerId })

const toSome = preparedList((db, followeeIds: Expression<string>[], p: Parameters<{ followerId: string }>) =>
  db.selectFrom('following').selectAll().where('followerId', '=', p.followerId).where('followeeId', 'in', followeeIds),
)

/** The follows from any of these to one person. */
export const followingsFrom = (db: Db, followerIds: readonly string[], followeeId: string): Promise<FollowingRow[]> =>
  fromSome(db, followerIds, { followeeId })

const fromSome = preparedList((db, followerIds: Expression<string>[], p: Parameters<{ followeeId: string }>) =>
  db.selectFrom('following').selectAll().where('followeeId', '=', p.followeeId).where('followerId', 'in', followerIds),
)
