import type { Db } from '../database.ts'

/** People who have voted in a poll, in order of ids, from after one of them. */
export const votersOf = async (db: Db, noteId: string, after: string, limit: number): Promise<string[]> => {
  const rows = await db
    .selectFrom('pollVote')
    .select('userId')
    .distinct()
    .where('noteId', '=', noteId)
    .where('userId', '>', after)
    .orderBy('userId')
    .limit(limit)
    .execute()
  return rows.map(({ userId }) => userId)
}
