import type { Policies } from '../config/policies.ts'
import type { Ctx } from '../context.ts'
import type { Db } from '../db/database.ts'
import { filesByHash, insertFile, type NewDriveFile, updateFile } from '../db/queries/drive-files.ts'
import { ownFolder } from '../db/queries/drive-folders.ts'
import { takeRoom } from '../db/queries/drive-usage.ts'
import { takeTurn } from '../db/queries/turns.ts'
import { accountOf } from '../db/queries/users.ts'
import { toJson } from '../db/schema/json.ts'

const MEBIBYTE = 1024 * 1024

/** Bytes a person's files may have together. */
export const capacityOf = ({ driveCapacityMb }: Pick<Policies, 'driveCapacityMb'>): number =>
  Math.floor(driveCapacityMb * MEBIBYTE)

/** Bytes one file may have. */
export const largestFileOf = ({ maxFileSizeMb }: Pick<Policies, 'maxFileSizeMb'>): number =>
  Math.floor(maxFileSizeMb * MEBIBYTE)

/** What somebody says of a file they add. */
export interface FileWishes {
  folderId: string | null
  isSensitive: boolean
  comment: string | null
  /** Another file even if the same content is there. */
  force: boolean
}

/** What is there already, in place of a file that has the same content; made sensitive where that was asked for. */
export async function sameFile(
  ctx: Ctx,
  userId: string,
  md5: string,
  { force, isSensitive }: FileWishes,
): Promise<{ id: string } | null> {
  if (force) return null
  const [same] = await filesByHash(ctx.db, userId, md5, 1)
  if (!same || !isSensitive || same.isSensitive) return same ?? null
  return ctx.transact(async (tx, afterCommit) => {
    await updateFile(tx, same.id, { isSensitive: true })
    afterCommit(() => ctx.bus.publish({ type: 'driveFile', id: same.id, userId, change: 'updated' }))
    return { id: same.id }
  })
}

type FileContent = Omit<NewDriveFile, 'id' | 'userId' | 'properties' | 'folderId' | 'isSensitive' | 'comment'> & {
  properties: object
}

/** Another call was first to add the same content. */
export type AddFileFailure = 'noSuchFolder' | 'noFreeSpace' | 'sameContent'

/**
 * Adds a file to somebody's drive. Its content is stored already; where no row comes of it, whoever stored it removes it.
 * @param options.also what else is to be written with it
 */
export async function addFile(
  ctx: Ctx,
  owner: { id: string; policies: Pick<Policies, 'driveCapacityMb' | 'alwaysMarkNsfw'> },
  content: FileContent,
  wishes: FileWishes,
  { also }: { also?: (tx: Db) => Promise<void> } = {},
): Promise<{ id: string } | AddFileFailure> {
  const { folderId, comment, force } = wishes
  return ctx.transact(async (tx, afterCommit) => {
    await takeTurn(tx, `drive ${owner.id}`)
    if (folderId !== null && !(await ownFolder(tx, owner.id, folderId))) return 'noSuchFolder'
    if (!force && (await filesByHash(tx, owner.id, content.md5, 1)).length > 0) return 'sameContent'
    if (!(await takeRoom(tx, owner.id, content.size, capacityOf(owner.policies)))) return 'noFreeSpace'
    const alwaysSensitive = owner.policies.alwaysMarkNsfw || (await accountOf(tx, owner.id))?.alwaysMarkNsfw === true
    const id = ctx.ids.next()
    await insertFile(tx, {
      ...content,
      ...{ id, userId: owner.id, folderId, comment },
      isSensitive: wishes.isSensitive || alwaysSensitive,
      properties: toJson(content.properties),
    })
    await also?.(tx)
    afterCommit(() => ctx.bus.publish({ type: 'driveFile', id, userId: owner.id, change: 'created' }))
    return { id }
  })
}
