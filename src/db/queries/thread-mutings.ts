import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'

/** Mutes a conversation for a person; nothing happens when it was muted already. */
export async function insertThreadMuting(
  tx: Db,
  muting: { id: string; userId: string; threadId: string },
): Promise<void> {
  await tx
    .insertInto('threadMuting')
    .values(muting)
    .onConflict((conflict) => conflict.columns(['userId', 'threadId']).doNothing())
    .execute()
}

/** Ends that; nothing happens when it was not muted. */
export async function deleteThreadMuting(tx: Db, userId: string, threadId: string): Promise<void> {
  await tx.deleteFrom('threadMuting').where('userId', '=', userId).where('threadId', '=', threadId).execute()
}

const state = prepared((db, p: Parameters<{ userId: string; noteId: string }>) =>
  db
    .selectFrom('note')
    .where('note.id', '=', p.noteId)
    .select((row) => [
      row
        .exists(row.selectFrom('favorite').select('id').where('noteId', '=', p.noteId).where('userId', '=', p.userId))
        .as('isFavorited'),
      row
        .exists(
          row
            .selectFrom('threadMuting')
            .select('id')
            .where('userId', '=', p.userId)
            .whereRef('threadId', '=', 'note.threadId'),
        )
        .as('isMutedThread'),
    ]),
)

/** What a person has done with a note and its conversation for themselves; undefined when there is no such note. */
export async function noteStateFor(db: Db, userId: string, noteId: string) {
  const [row] = await state(db, { userId, noteId })
  // SQLite has numbers where PostgreSQL has booleans.
  return row && { isFavorited: Boolean(row.isFavorited), isMutedThread: Boolean(row.isMutedThread) }
}
