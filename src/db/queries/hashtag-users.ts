import type { Db } from '../database.ts'

const columns = { follower: 'followersCount', createdAt: 'user.id', updatedAt: 'updatedAt' } as const

type Column = keyof typeof columns

/**
 * People who have a hashtag (normalised) in their profile and may be found.
 * @param sort by what; with a plus from the greatest down
 * @param options.updatedAfter only those who have posted or changed something since, milliseconds; null for all
 */
export async function usersWithTag(
  db: Db,
  tag: string,
  sort: `${'+' | '-'}${Column}`,
  { limit, offset, updatedAfter }: { limit: number; offset: number; updatedAfter: number | null },
): Promise<string[]> {
  const column = columns[sort.slice(1) as Column]
  const order = sort.startsWith('+') ? 'desc' : 'asc'
  const rows = await db
    .selectFrom('hashtagUser')
    .innerJoin('user', 'user.id', 'hashtagUser.userId')
    .select('user.id')
    .where('tag', '=', tag)
    .where('kind', '=', 'attached')
    .where('isExplorable', '=', true)
    .where('isSuspended', '=', false)
    .where('isDeleted', '=', false)
    .$if(updatedAfter !== null, (query) => query.where('updatedAt', '>', updatedAfter))
    .$if(column === 'updatedAt', (query) => query.where('updatedAt', 'is not', null))
    .orderBy(column, order)
    .orderBy('user.id', order)
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(({ id }) => id)
}
