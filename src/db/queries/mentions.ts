import { sql } from 'kysely'
import { any, noteList, notesIn } from './note-lists.ts'
import { isMine } from './timeline-conditions.ts'

const nobody = sql<string>`''`

/**
 * Notes that mention the viewer, answer them or are for them, but for conversations they do not want to hear of.
 * `visibility` is empty for any; with `following` only those of people the viewer follows, and their own.
 */
export const mentionIds = noteList<{ visibility: string; following: boolean }>(
  (p, viewer) => {
    const me = viewer ?? nobody
    return [
      sql`"noteAddressee"."userId" = ${me}`,
      sql`(${p.visibility} = '' or "note"."visibility" = ${p.visibility})`,
      sql`not exists (
        select 1 from "threadMuting" where "userId" = ${me} and "threadId" = "note"."threadId")`,
      any(
        sql`not ${p.following}`,
        isMine(me),
        sql`exists (select 1 from "following" where "followerId" = ${me} and "followeeId" = "note"."userId")`,
      ),
    ]
  },
  { source: notesIn('noteAddressee') },
)
