import { sql } from 'kysely'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { noteList, notesIn } from './note-lists.ts'

/**
 * Attaches files to a note, as far as they are its author's; how many were.
 * @param fileIds each once
 */
export async function attachFiles(
  tx: Db,
  noteId: string,
  authorId: string,
  fileIds: readonly string[],
): Promise<number> {
  const rows = await tx
    .insertInto('noteFile')
    .columns(['fileId', 'noteId'])
    .expression((row) =>
      row
        .selectFrom('driveFile')
        .select(['id', sql<string>`cast(${noteId} as text)`.as('noteId')])
        .where('userId', '=', authorId)
        .where('id', 'in', fileIds),
    )
    .returning('fileId')
    .execute()
  return rows.length
}

const withFile = noteList<{ file: string }>((p) => [sql`"noteFile"."fileId" = ${p.file}`], {
  source: notesIn('noteFile'),
})

/** One page of the notes a file is attached to, as far as the viewer may see them. */
export const notesWithFile = (db: Db, viewer: string, file: string, page: Page): Promise<string[]> =>
  withFile(db, viewer, { file }, page)

/** Takes a file from the people and channels that show it as their picture; ids of these people. */
export async function takeDown(tx: Db, fileId: string): Promise<string[]> {
  const avatars = await tx
    .updateTable('user')
    .set({ avatarId: null, avatarKey: null, avatarBlurhash: null })
    .where('avatarId', '=', fileId)
    .returning('id')
    .execute()
  const banners = await tx
    .updateTable('user')
    .set({ bannerId: null, bannerKey: null, bannerBlurhash: null })
    .where('bannerId', '=', fileId)
    .returning('id')
    .execute()
  await tx.updateTable('channel').set({ bannerId: null }).where('bannerId', '=', fileId).execute()
  return [...new Set([...avatars, ...banners].map(({ id }) => id))]
}
