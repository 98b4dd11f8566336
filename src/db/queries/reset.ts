import type { Db } from '../database.ts'

/** Deletes every row there is. What hangs on people and notes goes with them. */
export async function emptyDatabase(tx: Db): Promise<void> {
  for (const table of [
    'note',
    'user',
    'channel',
    'app',
    'invitation',
    'usedUsername',
    'announcement',
    'emoji',
    'driveFile',
    'role',
    'setting',
    'hashtag',
    'hashtagUse',
    'hashtagTrend',
    // Those shown to nobody in particular hang on nobody.
    'consent',
    'job',
  ] as const) {
    await tx.deleteFrom(table).execute()
  }
  // Of the notes to come, none is in the search index.
  await tx.updateTable('searchCursor').set({ noteId: '' }).execute()
}
