import { type Expression, sql } from 'kysely'
import type { Parameters as Given } from '../prepared.ts'
import { any, type Condition, noteList } from './note-lists.ts'

/** What a reader leaves out of a timeline. Every one of them is given to every query, so that each has one shape. */
export interface TimelineFilter {
  withRenotes: boolean
  withFiles: boolean
  withReplies: boolean
  includeMyRenotes: boolean
  includeRenotedMyNotes: boolean
  includeLocalRenotes: boolean
}

type P = Given<TimelineFilter>
type Viewer = Expression<string>

export const isPublic: Condition = sql`"note"."visibility" = 'public'`
export const outsideChannels: Condition = sql`"note"."channelId" is null`
export const isMine = (viewer: Viewer): Condition => sql`"note"."userId" = ${viewer}`

export const notAReplyToOthers: Condition = sql`("note"."replyId" is null or "note"."replyUserId" = "note"."userId")`

/** Whether a reply belongs into a timeline that has not asked for all: to oneself, of the viewer, or to the viewer. */
export const replyBelongs = (p: P, viewer: Viewer | null): Condition =>
  any(
    sql`${p.withReplies}`,
    notAReplyToOthers,
    ...(viewer ? [sql<boolean>`"note"."replyUserId" = ${viewer}`, isMine(viewer)] : []),
  )

/** Half a conversation is not shown to someone who could not see the other half. */
export const replyTargetWithinReach = (viewer: Viewer): Condition =>
  sql`("note"."replyId" is null or "note"."replyUserId" = ${viewer} or not exists (
    select 1 from "note" as "target" where "target"."id" = "note"."replyId" and "target"."visibility" = 'followers'
    and not exists (select 1 from "following" where "followerId" = ${viewer} and "followeeId" = "target"."userId")))`

/** What the reader wants of renotes. */
export const wanted = (p: P): Condition[] => [
  sql`(${p.withRenotes} or not "note"."isPureRenote")`,
  sql`(${p.includeLocalRenotes} or not "note"."isPureRenote")`,
]

/**
 * Makes a list of notes of which a reader may want those with files alone. Few have any: there are indices of those, which
 * serve where the condition stands as it is, and without which all notes would be gone through to fill a page.
 */
export function timelineList<V extends TimelineFilter>(
  conditions: Parameters<typeof noteList<V>>[0],
  options?: Parameters<typeof noteList<V>>[1],
): ReturnType<typeof noteList<V>> {
  const all = noteList<V>(conditions, options)
  const files = noteList<V>((p, viewer) => [sql`"note"."hasFiles"`, ...conditions(p, viewer)], options)
  return (db, viewer, values, page) => (values.withFiles ? files : all)(db, viewer, values, page)
}

/** What the reader wants of renotes by and of themselves. */
export const ownRenotesWanted = (p: P, viewer: Viewer): Condition[] => [
  sql`(${p.includeMyRenotes} or not ("note"."isPureRenote" and "note"."userId" = ${viewer}))`,
  sql`(${p.includeRenotedMyNotes} or not ("note"."isPureRenote" and "note"."renoteUserId" = ${viewer}))`,
]
