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

/** What a follower may set about a follow; what is left out stays as it is. */
export interface FollowingChange {
  withReplies?: boolean
  notify?: 'normal' | 'none'
}

const changesNothing = ({ withReplies, notify }: FollowingChange) => withReplies === undefined && notify === undefined

/** Changes a follow; whether there is one. */
export async function updateFollowing(
  tx: Db,
  followerId: string,
  followeeId: string,
  change: FollowingChange,
): Promise<boolean> {
  if (changesNothing(change)) return (await followingOf(tx, followerId, followeeId)) !== undefined
  const row = await tx
    .updateTable('following')
    .set(change)
    .where('followerId', '=', followerId)
    .where('followeeId', '=', followeeId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Changes all follows of a person. */
export async function updateFollowings(tx: Db, followerId: string, change: FollowingChange): Promise<void> {
  if (changesNothing(change)) return
  await tx.updateTable('following').set(change).where('followerId', '=', followerId).execute()
}

/** Which of these people follow someone. */
export async function followersAmong(db: Db, followerIds: readonly string[], followeeId: string): Promise<Set<string>> {
  if (followerIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('following')
    .select('followerId')
    .where('followeeId', '=', followeeId)
    .where('followerId', 'in', followerIds)
    .execute()
  return new Set(rows.map(({ followerId }) => followerId))
}
