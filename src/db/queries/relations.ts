import { type Expression, type RawBuilder, sql } from 'kysely'
import type { Db } from '../database.ts'
import { type Parameters, prepared, preparedList } from '../prepared.ts'
import { takeTurn } from './turns.ts'

const oneBlock = prepared((db, p: Parameters<{ blocker: string; blockee: string }>) =>
  db.selectFrom('blocking').select('id').where('blockerId', '=', p.blocker).where('blockeeId', '=', p.blockee),
)

/** Whether one person blocks another. */
export const blocks = async (db: Db, blocker: string, blockee: string): Promise<boolean> =>
  (await oneBlock(db, { blocker, blockee })).length > 0

/**
 * Waits until nobody else changes what is between two people, to the end of the transaction: a follow and a block at once
 * would otherwise not see each other, and both stay.
 */
export const takeTurnBetween = (tx: Db, one: string, other: string): Promise<void> =>
  takeTurn(tx, `between ${[one, other].sort().join(' ')}`)

/** What may be between a viewer and another person, besides the follow of the viewer. */
export type RelationFlag =
  | 'isFollowed'
  | 'hasPendingFollowRequestFromYou'
  | 'hasPendingFollowRequestToYou'
  | 'isBlocking'
  | 'isBlocked'
  | 'isMuted'
  | 'isRenoteMuted'

/** Where each is found: the table, the column of the viewer and that of the other person. */
const places: Readonly<Record<RelationFlag, readonly [table: string, viewer: string, other: string]>> = {
  isFollowed: ['following', 'followeeId', 'followerId'],
  hasPendingFollowRequestFromYou: ['followRequest', 'followerId', 'followeeId'],
  hasPendingFollowRequestToYou: ['followRequest', 'followeeId', 'followerId'],
  isBlocking: ['blocking', 'blockerId', 'blockeeId'],
  isBlocked: ['blocking', 'blockeeId', 'blockerId'],
  isMuted: ['muting', 'muterId', 'muteeId'],
  isRenoteMuted: ['renoteMuting', 'muterId', 'muteeId'],
}

/**
 * What is between a viewer and any of these people, in one question.
 * @param now milliseconds since 1970: mutes that have ended do not count
 */
export async function relationFlags(
  db: Db,
  viewerId: string,
  ids: readonly string[],
  now: number,
): Promise<Map<string, Set<RelationFlag>>> {
  const found = new Map<string, Set<RelationFlag>>()
  for (const { id, flag } of await flagsBetween(db, ids, { viewerId, now })) {
    found.set(id, (found.get(id) ?? new Set()).add(flag))
  }
  return found
}

type Between = Parameters<{ viewerId: string; now: number }>

const flagsBetween = preparedList((db, ids: Expression<string>[], p: Between) => {
  const questions = (Object.keys(places) as RelationFlag[]).map((flag) => flagged(flag, ids, p))
  const text = sql<{ id: string; flag: RelationFlag }>`${sql.join(questions, sql` union all `)}`
  return { compile: () => text.compile(db) }
})

function flagged(
  flag: RelationFlag,
  ids: readonly Expression<string>[],
  { viewerId, now }: Between,
): RawBuilder<unknown> {
  const [table, viewer, other] = places[flag]
  const lasts = flag === 'isMuted' ? sql`and ("expiresAt" is null or "expiresAt" > ${now})` : sql``
  return sql`select ${sql.ref(other)} as "id", ${sql.lit(flag)} as "flag" from ${sql.table(table)}
    where ${sql.ref(viewer)} = ${viewerId} and ${sql.ref(other)} in (${sql.join(ids)}) ${lasts}`
}
