import { type Expression, type RawBuilder, sql } from 'kysely'
import { mergedIds, type Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import { allNotes, any, type Condition, notesIn } from './note-lists.ts'
import {
  isMine,
  outsideChannels,
  ownRenotesWanted,
  replyBelongs,
  replyTargetWithinReach,
  type TimelineFilter,
  timelineList,
  wanted,
} from './timeline-conditions.ts'

type P = Parameters<TimelineFilter>

const followsAuthor = (viewer: Expression<string>): Condition =>
  sql`exists (select 1 from "following" where "followerId" = ${viewer} and "followeeId" = "note"."userId")`
const followsChannel = (viewer: Expression<string>): Condition =>
  sql`exists (select 1 from "channelFollowing" where "userId" = ${viewer} and "channelId" = "note"."channelId")`
const followsAuthorWithReplies = (viewer: Expression<string>): Condition =>
  sql`exists (select 1 from "following" where "followerId" = ${viewer} and "followeeId" = "note"."userId" and "withReplies")`

/** What a home timeline holds: one's own notes, those of people one follows, those in channels one follows. */
const belongs = (p: P, viewer: Expression<string>): Condition[] => [
  any(isMine(viewer), sql`(${outsideChannels} and ${followsAuthor(viewer)})`, followsChannel(viewer)),
  any(replyBelongs(p, viewer), followsAuthorWithReplies(viewer)),
  replyTargetWithinReach(viewer),
  ...wanted(p),
  ...ownRenotesWanted(p, viewer),
]

const nobody = sql<string>`''`

const written = timelineList<TimelineFilter>(
  (p, viewer) => [sql`"home"."readerId" = ${viewer ?? nobody}`, ...belongs(p, viewer ?? nobody)],
  { source: notesIn('home') },
)

/** Notes that have not reached everybody's `home` yet. There are few, if any. */
const onTheirWay = timelineList<TimelineFilter>((p, viewer) => belongs(p, viewer ?? nobody), {
  source: notesIn('fanout'),
})

/** Straight from the notes, however old: of each author, and of each channel. */
const pulledFrom = (column: string, places: (viewer: Expression<string>) => RawBuilder<unknown>) =>
  timelineList<TimelineFilter>((p, viewer) => belongs(p, viewer ?? nobody), {
    source: { ...allNotes, each: { places, column } },
  })

const ofAuthors = pulledFrom(
  'userId',
  (viewer) =>
    sql`select "followeeId" as "id" from "following" where "followerId" = ${viewer} union all select "id" from "user" where "id" = ${viewer}`,
)
const ofChannels = pulledFrom(
  'channelId',
  (viewer) => sql`select "channelId" as "id" from "channelFollowing" where "userId" = ${viewer}`,
)

const stateOf = prepared((db, p: Parameters<{ reader: string }>) =>
  db.selectNoFrom((row) => [
    row.selectFrom('homeFloor').select('noteId').where('readerId', '=', p.reader).as('floor'),
    row.exists(row.selectFrom('fanout').select('noteId')).as('isAnyOnTheWay'),
  ]),
)

/**
 * Ids of one page of a person's home timeline: from the rows written for them, and from the notes themselves below the
 * note down to which those rows are complete.
 */
export async function homeIds(db: Db, reader: string, filter: TimelineFilter, page: Page): Promise<string[]> {
  const [state] = await stateOf(db, { reader })
  const floor = state?.floor ?? ''
  const fromRows = async (part: Page) => {
    // First those on their way: a note that arrives in between is then found twice, and never not at all.
    const coming = state?.isAnyOnTheWay ? await onTheirWay(db, reader, filter, part) : []
    const rows = await written(db, reader, filter, part)
    return coming.length > 0 ? mergedIds([coming, rows], part) : rows
  }
  const fromNotes = async (part: Page) =>
    mergedIds([await ofAuthors(db, reader, filter, part), await ofChannels(db, reader, filter, part)], part)
  return pageAcross(page, floor, fromNotes, fromRows)
}

/** One page of a list whose notes up to and with `floor` come from one place and those above it from another. */
async function pageAcross(
  page: Page,
  floor: string,
  below: (part: Page) => Promise<string[]>,
  above: (part: Page) => Promise<string[]>,
): Promise<string[]> {
  const { since, until, order, limit } = page
  const reachesBelow = floor !== '' && (since === null || since < floor)
  const reachesAbove = until === null || until > floor
  const parts: ((limit: number) => Promise<string[]>)[] = []
  if (reachesAbove) parts.push((rest) => above({ ...page, limit: rest, since: reachesBelow ? floor : since }))
  if (reachesBelow) {
    // Bounds are left out, and the floor itself is below.
    const top = reachesAbove ? `${floor}~` : until
    parts.push((rest) => below({ ...page, limit: rest, until: top }))
  }
  if (order === 'asc') parts.reverse()
  const ids: string[] = []
  for (const read of parts) if (ids.length < limit) ids.push(...(await read(limit - ids.length)))
  return ids
}
