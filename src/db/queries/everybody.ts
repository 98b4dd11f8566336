import { sql } from 'kysely'
import type { Db } from '../database.ts'

const columns = { follower: 'followersCount', createdAt: 'id', updatedAt: 'updatedAt' } as const

export type EverybodySort = `${'+' | '-'}${keyof typeof columns}`

/** Which part of everybody is asked for. */
export interface PartOfEverybody {
  /** By what; with a plus from the greatest down. */
  sort: EverybodySort
  /** Only those who have posted or changed something since, milliseconds; null for all. */
  updatedAfter: number | null
  limit: number
  offset: number
}

/** As the indices of lists of everybody are made: those who let themselves be found. */
const isShown = sql<boolean>`"isExplorable" and not "isSuspended" and not "isDeleted"`

/**
 * People who let themselves be found, in one of several orders.
 * @param viewer null for an anonymous one; else without those they have muted, who block them, and whom they block
 * @param now milliseconds since 1970: mutes may end
 */
export async function everybody(
  db: Db,
  viewer: string | null,
  now: number,
  { sort, updatedAfter, limit, offset }: PartOfEverybody,
): Promise<string[]> {
  const column = columns[sort.slice(1) as keyof typeof columns]
  const order = sort.startsWith('+') ? 'desc' : 'asc'
  const rows = await db
    .selectFrom('user')
    .select('id')
    .where(isShown)
    .$if(column === 'updatedAt', (query) => query.where('updatedAt', 'is not', null))
    .$if(updatedAfter !== null, (query) => query.where('updatedAt', '>', updatedAfter))
    .$if(viewer !== null, (query) => query.where(sql<boolean>`"id" not in (${unwanted(viewer ?? '', now)})`))
    .$if(column !== 'id', (query) => query.orderBy(column, order))
    .orderBy('id', order)
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(({ id }) => id)
}

const unwanted = (viewer: string, now: number) => sql`
  select "muteeId" from "muting" where "muterId" = ${viewer} and ("expiresAt" is null or "expiresAt" > ${now})
  union all select "blockerId" from "blocking" where "blockeeId" = ${viewer}
  union all select "blockeeId" from "blocking" where "blockerId" = ${viewer}`
