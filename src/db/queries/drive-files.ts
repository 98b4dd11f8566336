import { type Expression, type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared, preparedList } from '../prepared.ts'
import type { DriveFileTable } from '../schema/drive.ts'

export type DriveFileRow = Selectable<DriveFileTable>
export type NewDriveFile = Insertable<DriveFileTable>

const byId = prepared((db, p: Parameters<{ id: string }>) =>
  db.selectFrom('driveFile').selectAll().where('id', '=', p.id),
)

export const fileById = async (db: Db, id: string): Promise<DriveFileRow | undefined> => (await byId(db, { id }))[0]

/** Files by id, in no order. */
export const filesByIds = (db: Db, ids: readonly string[]): Promise<DriveFileRow[]> => bySomeIds(db, ids, {})

const bySomeIds = preparedList((db, ids: Expression<string>[], _: Parameters<object>) =>
  db.selectFrom('driveFile').selectAll().where('id', 'in', ids),
)

/** Those of the files that are this person's, in no order. */
export const ownFiles = async (db: Db, userId: string, ids: readonly string[]): Promise<DriveFileRow[]> =>
  (await filesByIds(db, ids)).filter((file) => file.userId === userId)

/** The key of what others see of a file: what was made for them, else what was uploaded. */
export const publicKeyOf = ({ webpublicKey, accessKey }: Pick<DriveFileRow, 'webpublicKey' | 'accessKey'>): string =>
  webpublicKey ?? accessKey

const byKey = {
  accessKey: prepared((db, p: Parameters<{ key: string }>) =>
    db.selectFrom('driveFile').selectAll().where('accessKey', '=', p.key),
  ),
  webpublicKey: prepared((db, p: Parameters<{ key: string }>) =>
    db.selectFrom('driveFile').selectAll().where('webpublicKey', '=', p.key),
  ),
  thumbnailKey: prepared((db, p: Parameters<{ key: string }>) =>
    db.selectFrom('driveFile').selectAll().where('thumbnailKey', '=', p.key),
  ),
}

export type KeyColumn = keyof typeof byKey

/** The file some stored content belongs to. */
export const fileByKey = async (db: Db, column: KeyColumn, key: string): Promise<DriveFileRow | undefined> =>
  (await byKey[column](db, { key }))[0]

/** Whether there is any file. */
export const isAnyFile = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('driveFile').select('id').limit(1).execute()).length > 0

/** Those of the keys that a file has. */
export async function keysInUse(db: Db, column: KeyColumn, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const rows = await db.selectFrom('driveFile').select(column).where(column, 'in', keys).execute()
  return new Set(rows.flatMap((row) => row[column] ?? []))
}

/** Said so that SQLite looks for the few, and does not go through all of a person's files because they are in this order. */
const oldestFirst = sql`coalesce("id", '')`

/** A person's files with this content, oldest first. */
export const filesByHash = (db: Db, userId: string, md5: string, limit: number): Promise<DriveFileRow[]> =>
  db
    .selectFrom('driveFile')
    .selectAll()
    .where('userId', '=', userId)
    .where('md5', '=', md5)
    .orderBy(oldestFirst)
    .limit(limit)
    .execute()

const inFolder = (db: Db, userId: string, folderId: string | null) =>
  db
    .selectFrom('driveFile')
    .selectAll()
    .where('userId', '=', userId)
    .where('folderId', folderId === null ? 'is' : '=', folderId)

/** A person's files of a name in a folder (null for outside of any). */
export const filesByName = (
  db: Db,
  userId: string,
  folderId: string | null,
  name: string,
  limit: number,
): Promise<DriveFileRow[]> =>
  inFolder(db, userId, folderId).where('name', '=', name).orderBy(oldestFirst).limit(limit).execute()

export interface FileFilter {
  /** A folder; null for outside of any, undefined for everywhere. */
  folderId?: string | null
  /** A MIME type, or all of a kind as `image/*`. */
  type?: string | null | undefined
  order?: { by: 'id' | 'name' | 'size'; direction: 'asc' | 'desc' } | undefined
}

/** One page of a person's files. */
export function filePage(
  db: Db,
  userId: string,
  { folderId, type, order }: FileFilter,
  page: Page,
): Promise<DriveFileRow[]> {
  const from =
    folderId === undefined
      ? db.selectFrom('driveFile').selectAll().where('userId', '=', userId)
      : inFolder(db, userId, folderId)
  const { by, direction } = order ?? { by: 'id', direction: page.order }
  let query = from.where('id', '>', page.since ?? '').where('id', '<', page.until ?? '~')
  // Between the slash and the character after it lies every subtype.
  if (type?.endsWith('/*'))
    query = query.where('type', '>', type.slice(0, -1)).where('type', '<', `${type.slice(0, -2)}0`)
  else if (type) query = query.where('type', '=', type)
  if (by !== 'id') query = query.orderBy(by, direction)
  return query.orderBy('id', direction).limit(page.limit).execute()
}

export async function insertFile(tx: Db, file: NewDriveFile): Promise<void> {
  await tx.insertInto('driveFile').values(file).execute()
}

/** What of a file may be changed. */
export type FileChanges = Pick<Updateable<DriveFileTable>, 'name' | 'folderId' | 'comment' | 'isSensitive'>

export async function updateFile(tx: Db, id: string, changes: FileChanges): Promise<void> {
  if (Object.keys(changes).length > 0) await tx.updateTable('driveFile').set(changes).where('id', '=', id).execute()
}

/** Moves those of the files that are this person's; ids of the moved ones. */
export async function moveFiles(
  tx: Db,
  userId: string,
  ids: readonly string[],
  folderId: string | null,
): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .updateTable('driveFile')
    .set({ folderId })
    .where('userId', '=', userId)
    .where('id', 'in', ids)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Deletes a file's row and takes it from where it is shown; false when it was gone already. */
export async function deleteFileRow(tx: Db, id: string): Promise<boolean> {
  const row = await tx.deleteFrom('driveFile').where('id', '=', id).returning('id').executeTakeFirst()
  return row !== undefined
}

/** Takes a file from whom it has no more to do with, but keeps it; false when it was so already. */
export async function disownFile(tx: Db, id: string): Promise<boolean> {
  const row = await tx
    .updateTable('driveFile')
    .set({ userId: null, folderId: null, comment: null })
    .where('id', '=', id)
    .where('userId', 'is not', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Some of the files that nobody has and no emoji shows. */
export const abandonedFiles = (db: Db, limit: number): Promise<DriveFileRow[]> =>
  db
    .selectFrom('driveFile')
    .selectAll()
    .where('userId', 'is', null)
    .where(sql<boolean>`not exists (select 1 from "emoji" where "emoji"."fileId" = "driveFile"."id")`)
    .orderBy('id')
    .limit(limit)
    .execute()

/** Whether an emoji shows the file. */
export const isEmojiFile = async (db: Db, id: string): Promise<boolean> =>
  (await db.selectFrom('emoji').select('id').where('fileId', '=', id).limit(1).execute()).length > 0
