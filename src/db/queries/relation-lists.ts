import { type Expression, type RawBuilder, sql } from 'kysely'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'

interface Asked {
  owner: string
  since: string
  until: string
  limit: number
  now: number
}

/** Above every id, for pages without an upper bound. */
const NO_BOUND = '~'

interface Source<V extends object> {
  table: 'following' | 'followRequest' | 'blocking' | 'muting' | 'renoteMuting'
  /** The column of whose list it is, and that of whom it lists. */
  owner: string
  other: string
  columns: readonly string[]
  /** What rows must be besides; "row" is the row, "other" the person listed. */
  condition?: (p: Parameters<V & Asked>) => Expression<boolean>
}

/** Makes a list of what is between one person and others: one page of rows, without people whose account is deleted. */
function relationList<R, V extends object = object>({ table, owner, other, columns, condition }: Source<V>) {
  const query = (order: 'asc' | 'desc') =>
    prepared((db, p: Parameters<V & Asked>) => {
      const asked = p as Parameters<Asked>
      const picked = sql.join(columns.map((column) => sql.ref(`row.${column}`)))
      const text: RawBuilder<R> = sql<R>`select ${picked} from ${sql.table(table)} as "row"
        inner join "user" as "other" on "other"."id" = ${sql.ref(`row.${other}`)} and not "other"."isDeleted"
        where ${sql.ref(`row.${owner}`)} = ${asked.owner} and "row"."id" > ${asked.since} and "row"."id" < ${asked.until}
        ${condition ? sql`and ${condition(p)}` : sql``}
        order by "row"."id" ${sql.raw(order)} limit ${asked.limit}`
      return { compile: () => text.compile(db) }
    })
  const queries = { asc: query('asc'), desc: query('desc') }
  return (db: Db, ownerId: string, values: V, { since, until, limit, order }: Page): Promise<R[]> =>
    queries[order](db, {
      ...values,
      owner: ownerId,
      since: since ?? '',
      until: until ?? NO_BOUND,
      limit,
      now: Date.now(),
    })
}

/** A follow, or a request for one. */
export interface FollowLine {
  id: string
  followerId: string
  followeeId: string
}

const follow = ['id', 'followerId', 'followeeId']

export const followersOf = relationList<FollowLine>({
  table: 'following',
  owner: 'followeeId',
  other: 'followerId',
  columns: follow,
})

export const followeesOf = relationList<FollowLine>({
  table: 'following',
  owner: 'followerId',
  other: 'followeeId',
  columns: follow,
})

/** Those a person follows whose birthday it is on a day, written MM-DD. */
export const followeesBornOn = relationList<FollowLine, { day: string }>({
  table: 'following',
  owner: 'followerId',
  other: 'followeeId',
  columns: follow,
  condition: ({ day }) => sql`substr("other"."birthday", 6) = ${day}`,
})

/** Who asks to follow a person. */
export const followRequestsTo = relationList<FollowLine>({
  table: 'followRequest',
  owner: 'followeeId',
  other: 'followerId',
  columns: follow,
})

/** Whom a person asks to follow. */
export const followRequestsFrom = relationList<FollowLine>({
  table: 'followRequest',
  owner: 'followerId',
  other: 'followeeId',
  columns: follow,
})

export const blockingsOf = relationList<{ id: string; blockeeId: string }>({
  table: 'blocking',
  owner: 'blockerId',
  other: 'blockeeId',
  columns: ['id', 'blockeeId'],
})

/** The mutes of a person that have not ended. */
export const mutingsOf = relationList<{ id: string; muteeId: string; expiresAt: number | null }>({
  table: 'muting',
  owner: 'muterId',
  other: 'muteeId',
  columns: ['id', 'muteeId', 'expiresAt'],
  condition: ({ now }) => sql`("row"."expiresAt" is null or "row"."expiresAt" > ${now})`,
})

export const renoteMutingsOf = relationList<{ id: string; muteeId: string }>({
  table: 'renoteMuting',
  owner: 'muterId',
  other: 'muteeId',
  columns: ['id', 'muteeId'],
})
