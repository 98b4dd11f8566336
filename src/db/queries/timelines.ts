import { sql } from 'kysely'
import type { Page } from '../../lib/pagination.ts'
import { mergedIds } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { homeIds } from './home.ts'
import { any, noteList } from './note-lists.ts'
import {
  isPublic,
  notAReplyToOthers,
  outsideChannels,
  ownRenotesWanted,
  replyBelongs,
  type TimelineFilter,
  timelineList,
  wanted,
} from './timeline-conditions.ts'

export const localIds = timelineList<TimelineFilter>((p, viewer) => [
  isPublic,
  outsideChannels,
  replyBelongs(p, viewer),
  ...wanted(p),
  ...(viewer ? ownRenotesWanted(p, viewer) : []),
])

export const globalIds = timelineList<TimelineFilter>((p) => [isPublic, outsideChannels, ...wanted(p)])

/** The notes of one person. Those in channels come when asked for, those in sensitive ones only to their author. */
export const userIds = timelineList<TimelineFilter & { author: string; withChannelNotes: boolean }>(
  (p, viewer) => [
    sql`"note"."userId" = ${p.author}`,
    sql`(${p.withChannelNotes} or "note"."channelId" is null)`,
    sql`("note"."channelId" is null ${viewer ? sql`or "note"."userId" = ${viewer}` : sql``} or not exists (
      select 1 from "channel" where "channel"."id" = "note"."channelId" and "channel"."isSensitive"))`,
    any(sql`${p.withReplies}`, notAReplyToOthers),
    ...wanted(p),
  ],
  { ofAuthor: true },
)

/** Home and local in one. */
export async function hybridIds(db: Db, viewer: string, filter: TimelineFilter, page: Page): Promise<string[]> {
  const home = await homeIds(db, viewer, filter, page)
  return mergedIds([home, await localIds(db, viewer, filter, page)], page)
}

/** What was posted in a channel. */
export const channelIds = noteList<{ channel: string }>((p) => [sql`"note"."channelId" = ${p.channel}`])
