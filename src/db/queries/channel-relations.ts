import type { Insertable } from 'kysely'
import type { Db } from '../database.ts'
import type { ChannelFollowingTable } from '../schema/collections.ts'

/** What ties a person to a channel. */
type Tie = 'channelFollowing' | 'channelFavorite'

/** Ties a person to a channel; false when they were. */
export async function insertTie(tx: Db, tie: Tie, row: Insertable<ChannelFollowingTable>): Promise<boolean> {
  const made = await tx
    .insertInto(tie)
    .values(row)
    .onConflict((conflict) => conflict.columns(['userId', 'channelId']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}

/** Ends such a tie; whether there was one. */
export async function deleteTie(tx: Db, tie: Tie, userId: string, channelId: string): Promise<boolean> {
  const ended = await tx
    .deleteFrom(tie)
    .where('userId', '=', userId)
    .where('channelId', '=', channelId)
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}

/** To which of these channels a person is tied. */
export async function tiesAmong(db: Db, tie: Tie, userId: string, channelIds: readonly string[]): Promise<Set<string>> {
  if (channelIds.length === 0) return new Set()
  const rows = await db
    .selectFrom(tie)
    .select('channelId')
    .where('userId', '=', userId)
    .where('channelId', 'in', channelIds)
    .execute()
  return new Set(rows.map(({ channelId }) => channelId))
}
