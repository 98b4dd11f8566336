import type { Ctx } from '../context.ts'
import { type FileChanges, fileById, moveFiles, updateFile } from '../db/queries/drive-files.ts'
import { ownFolder } from '../db/queries/drive-folders.ts'
import { takeTurn } from '../db/queries/turns.ts'

export type ChangeFileFailure = 'noSuchFile' | 'accessDenied' | 'noSuchFolder' | 'restrictedByRole'

/**
 * Changes what is given of a file.
 * @param by who asks; others' files are for moderators
 */
export async function changeFile(
  ctx: Ctx,
  fileId: string,
  by: { id: string; isModerator: boolean; policies: { alwaysMarkNsfw: boolean } },
  changes: { [K in keyof FileChanges]: FileChanges[K] | undefined },
): Promise<{ id: string } | ChangeFileFailure> {
  return ctx.transact(async (tx, afterCommit) => {
    const file = await fileById(tx, fileId)
    if (!file) return 'noSuchFile'
    const owner = file.userId
    if (owner !== by.id && !by.isModerator) return 'accessDenied'
    if (changes.isSensitive === false && file.isSensitive && by.policies.alwaysMarkNsfw) return 'restrictedByRole'
    if (changes.folderId != null) {
      if (owner === null) return 'noSuchFolder'
      await takeTurn(tx, `drive ${owner}`)
      if (!(await ownFolder(tx, owner, changes.folderId))) return 'noSuchFolder'
    }
    await updateFile(tx, fileId, Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)))
    if (owner !== null)
      afterCommit(() => ctx.bus.publish({ type: 'driveFile', id: fileId, userId: owner, change: 'updated' }))
    return { id: fileId }
  })
}

/** Moves those of the files that are this person's into a folder of theirs, or (null) out of any. */
export async function moveFilesTo(
  ctx: Ctx,
  userId: string,
  fileIds: readonly string[],
  folderId: string | null,
): Promise<{ moved: string[] } | 'noSuchFolder'> {
  return ctx.transact(async (tx, afterCommit) => {
    await takeTurn(tx, `drive ${userId}`)
    if (folderId !== null && !(await ownFolder(tx, userId, folderId))) return 'noSuchFolder'
    const moved = await moveFiles(tx, userId, fileIds, folderId)
    afterCommit(() => {
      for (const id of moved) ctx.bus.publish({ type: 'driveFile', id, userId, change: 'updated' })
    })
    return { moved }
  })
}
