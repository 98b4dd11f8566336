import { sql } from 'kysely'
import type { Db } from '../database.ts'
import { noteList, notesIn } from './note-lists.ts'

/** Notes that an antenna keeps, the latest ones. */
const KEPT = 200

/** What an antenna has caught and still keeps. */
export const antennaNoteIds = noteList<{ antenna: string }>(
  (p) => [
    sql`"antennaNote"."antennaId" = ${p.antenna}`,
    // Older ones are deleted now and then.
    sql`"antennaNote"."noteId" >= coalesce((select "kept"."noteId" from "antennaNote" as "kept"
      where "kept"."antennaId" = ${p.antenna} order by "kept"."noteId" desc limit 1 offset ${sql.lit(KEPT - 1)}), '')`,
  ],
  { source: notesIn('antennaNote') },
)

/** Deletes what an antenna does not keep any more. */
export async function makeRoomInAntenna(tx: Db, antennaId: string): Promise<void> {
  await tx
    .deleteFrom('antennaNote')
    .where('antennaId', '=', antennaId)
    .where('noteId', '<=', (row) =>
      row
        .selectFrom('antennaNote as caught')
        .select('caught.noteId')
        .where('caught.antennaId', '=', antennaId)
        .orderBy('caught.noteId', 'desc')
        .limit(1)
        .offset(KEPT),
    )
    .execute()
}
