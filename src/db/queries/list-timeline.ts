import { sql } from 'kysely'
import { allNotes, any } from './note-lists.ts'
import {
  notAReplyToOthers,
  outsideChannels,
  ownRenotesWanted,
  type TimelineFilter,
  timelineList,
  wanted,
} from './timeline-conditions.ts'

type Asked = TimelineFilter & { list: string }

/**
 * The notes of the people on a list, outside channels, read from each of them by themselves: lists are short, and their
 * people may have been silent for long. Replies to others are for the viewer, or of people whose replies the list shows.
 */
export const listIds = timelineList<Asked>(
  (p, viewer) => [
    outsideChannels,
    any(
      notAReplyToOthers,
      ...(viewer ? [sql<boolean>`"note"."replyUserId" = ${viewer}`] : []),
      sql`exists (select 1 from "listMember" where "listId" = ${p.list} and "userId" = "note"."userId" and "withReplies")`,
    ),
    ...wanted(p),
    ...(viewer ? ownRenotesWanted(p, viewer) : []),
  ],
  {
    source: (p) => ({
      ...allNotes,
      each: {
        places: () => sql`select "userId" as "id" from "listMember" where "listId" = ${p.list}`,
        column: 'userId',
      },
    }),
  },
)
