import type { Ctx } from '../context.ts'
import type { AfterCommit, Db } from '../db/database.ts'
import {
  abandonedFiles,
  type DriveFileRow,
  deleteFileRow,
  disownFile,
  fileById,
  isEmojiFile,
} from '../db/queries/drive-files.ts'
import { giveRoom } from '../db/queries/drive-usage.ts'
import { takeDown } from '../db/queries/file-uses.ts'
import { takeTurn } from '../db/queries/turns.ts'
import { later } from './later.ts'

export type DeleteFileFailure = 'noSuchFile' | 'accessDenied'

/**
 * Deletes a file; a job removes what is stored of it. One that an emoji shows only leaves its owner's drive.
 * @param by who asks; others' files are for moderators
 */
export async function deleteFile(
  ctx: Ctx,
  fileId: string,
  by: { id: string; isModerator: boolean },
): Promise<{ id: string } | DeleteFileFailure> {
  return ctx.transact(async (tx, afterCommit) => {
    const file = await fileById(tx, fileId)
    if (!file) return 'noSuchFile'
    if (file.userId !== by.id && !by.isModerator) return 'accessDenied'
    return (await removeFile(ctx, tx, afterCommit, file)) ? { id: fileId } : 'noSuchFile'
  })
}

/** Deletes a file inside a transaction; false when another call was first. */
export async function removeFile(ctx: Ctx, tx: Db, afterCommit: AfterCommit, file: DriveFileRow): Promise<boolean> {
  const { id, userId } = file
  if (userId !== null) await takeTurn(tx, `drive ${userId}`)
  const shown = await takeDown(tx, id)
  const isKept = await isEmojiFile(tx, id)
  if (!(isKept ? await disownFile(tx, id) : await deleteFileRow(tx, id))) return false
  if (userId !== null) await giveRoom(tx, userId, file.size)
  if (!isKept) {
    const keys = [file.accessKey, file.webpublicKey, file.thumbnailKey].filter((key) => key !== null)
    await later(ctx, tx, afterCommit, { kind: 'removeContent', data: { keys } })
  }
  afterCommit(() => {
    for (const person of shown) ctx.bus.publish({ type: 'user', id: person })
    if (userId !== null) ctx.bus.publish({ type: 'driveFile', id, userId, change: 'deleted' })
  })
  return true
}

/** Deletes a file that an emoji has shown, if that was all it was still there for. */
export async function releaseFile(ctx: Ctx, tx: Db, afterCommit: AfterCommit, id: string | null): Promise<void> {
  const file = id === null ? undefined : await fileById(tx, id)
  if (file && file.userId === null && !(await isEmojiFile(tx, file.id))) await removeFile(ctx, tx, afterCommit, file)
}

/** Files handled in one transaction. */
const AT_ONCE = 100

/** Deletes the files that nobody has any more, as when their owner's account is gone, and that no emoji shows. */
export async function removeAbandonedFiles(ctx: Ctx): Promise<void> {
  for (;;) {
    const files = await abandonedFiles(ctx.db, AT_ONCE)
    if (files.length === 0) return
    await ctx.transact(async (tx, afterCommit) => {
      for (const file of files) await removeFile(ctx, tx, afterCommit, file)
      return { removed: files.length }
    })
  }
}
