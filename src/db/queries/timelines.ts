import { type Expression, sql } from 'kysely'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import { visible } from './visible-notes.ts'

/** What a reader leaves out of a timeline. Every one of them is given to every query, so that each has one shape. */
export interface TimelineFilter {
  withRenotes: boolean
  withFiles: boolean
  withReplies: boolean
  includeMyRenotes: boolean
  includeRenotedMyNotes: boolean
  includeLocalRenotes: boolean
}

type Values = TimelineFilter & { viewer: string; author: string; since: string; until: string; limit: number }
type P = Parameters<Values>
type Condition = Expression<boolean>

const all = (...conditions: Condition[]): Condition => sql`(${sql.join(conditions, sql` and `)})`
const any = (...conditions: Condition[]): Condition => sql`(${sql.join(conditions, sql` or `)})`

const isPublic: Condition = sql`"note"."visibility" = 'public'`
const isMine = (p: P): Condition => sql`"note"."userId" = ${p.viewer}`
const isFollowed = (p: P): Condition =>
  sql`"note"."userId" in (select "followeeId" from "following" where "followerId" = ${p.viewer})`

/** Notes of suspended people, and replies to and renotes of them, are in no list. */
const nobodySuspended: Condition = all(
  ...['userId', 'replyUserId', 'renoteUserId'].map(
    (column) =>
      sql<boolean>`("note".${sql.ref(column)} is null or "note".${sql.ref(column)} not in (select "id" from "user" where "isSuspended"))`,
  ),
)

const notAReplyToOthers: Condition = sql`("note"."replyId" is null or "note"."replyUserId" = "note"."userId")`
const replyConcernsMe = (p: P): Condition => any(sql`"note"."replyUserId" = ${p.viewer}`, isMine(p))
const repliesWanted = (p: P): Condition => sql`${p.withReplies}`
const followedWithReplies = (p: P): Condition =>
  sql`exists (select 1 from "following" where "followerId" = ${p.viewer} and "followeeId" = "note"."userId" and "withReplies")`
/** Half a conversation is not shown to someone who could not see the other half. */
const replyTargetNotOutOfReach = (p: P): Condition =>
  sql`("note"."replyId" is null or "note"."replyUserId" = ${p.viewer} or not exists (
    select 1 from "note" as "target" where "target"."id" = "note"."replyId" and "target"."visibility" = 'followers'
    and "target"."userId" not in (select "followeeId" from "following" where "followerId" = ${p.viewer})))`

const renoteFilters = (p: P): Condition[] => [
  sql`(${p.withRenotes} or not "note"."isPureRenote")`,
  sql`(${p.includeLocalRenotes} or not "note"."isPureRenote")`,
  sql`(not ${p.withFiles} or "note"."hasFiles")`,
]
const ownRenoteFilters = (p: P): Condition[] => [
  sql`(${p.includeMyRenotes} or not ("note"."isPureRenote" and "note"."userId" = ${p.viewer}))`,
  sql`(${p.includeRenotedMyNotes} or not ("note"."isPureRenote" and "note"."renoteUserId" = ${p.viewer}))`,
]

/** Which notes each timeline holds, for a person and for anonymous readers. */
const holds = {
  home: {
    person: (p: P) => [
      any(isMine(p), isFollowed(p)),
      any(notAReplyToOthers, replyConcernsMe(p), followedWithReplies(p)),
      replyTargetNotOutOfReach(p),
      ...ownRenoteFilters(p),
    ],
  },
  hybrid: {
    person: (p: P) => [
      any(isPublic, isMine(p), isFollowed(p)),
      any(repliesWanted(p), notAReplyToOthers, replyConcernsMe(p), followedWithReplies(p)),
      replyTargetNotOutOfReach(p),
      ...ownRenoteFilters(p),
    ],
  },
  local: {
    person: (p: P) => [isPublic, any(repliesWanted(p), notAReplyToOthers, replyConcernsMe(p))],
    anonymous: (p: P) => [isPublic, any(repliesWanted(p), notAReplyToOthers)],
  },
  global: { person: () => [isPublic], anonymous: () => [isPublic] },
  user: {
    person: (p: P) => [sql`"note"."userId" = ${p.author}`, any(repliesWanted(p), notAReplyToOthers)],
    anonymous: (p: P) => [sql`"note"."userId" = ${p.author}`, any(repliesWanted(p), notAReplyToOthers)],
  },
} satisfies Record<string, { person: (p: P) => Condition[]; anonymous?: (p: P) => Condition[] }>

const query = (conditions: (p: P) => Condition[], isAnonymous: boolean, order: 'asc' | 'desc') =>
  prepared((db, p: P) =>
    db
      .selectFrom('note')
      .select('note.id')
      .where('note.id', '>', p.since)
      .where('note.id', '<', p.until)
      .where(all(...conditions(p), ...renoteFilters(p), visible(isAnonymous ? null : p.viewer), nobodySuspended))
      .orderBy('note.id', order)
      .limit(p.limit),
  )

type TimelineName = keyof typeof holds

const queries = Object.fromEntries(
  Object.entries(holds).flatMap(([name, { person, ...rest }]) =>
    (['asc', 'desc'] as const).flatMap((order) => [
      [`${name} person ${order}`, query(person, false, order)],
      ...('anonymous' in rest ? [[`${name} anonymous ${order}`, query(rest.anonymous, true, order)] as const] : []),
    ]),
  ),
)

/** Above every id, for pages without an upper bound. */
const NO_BOUND = '~'

/**
 * Ids of one page of a timeline, all of them visible to the reader.
 * @param viewer null for an anonymous reader
 * @param author whose notes, for the timeline `user`
 */
export async function timelineIds(
  db: Db,
  name: TimelineName,
  viewer: string | null,
  filter: TimelineFilter,
  page: Page,
  author = '',
): Promise<string[]> {
  const run = queries[`${name} ${viewer ? 'person' : 'anonymous'} ${page.order}`]!
  const rows = await run(db, {
    ...filter,
    viewer: viewer ?? '',
    author,
    since: page.since ?? '',
    until: page.until ?? NO_BOUND,
    limit: page.limit,
  })
  return rows.map(({ id }) => id)
}
