import type { Ctx } from '../context.ts'
import {
  contentCounts,
  deleteFolderRow,
  folderChain,
  insertFolder,
  ownFolder,
  updateFolder,
} from '../db/queries/drive-folders.ts'
import { takeTurn } from '../db/queries/turns.ts'

/** How deep folders may lie in one another. */
export const DEEPEST = 64

/** Makes a folder, in another one or (null) outside of any. */
export async function createFolder(
  ctx: Ctx,
  userId: string,
  name: string,
  parentId: string | null,
): Promise<{ id: string } | 'noSuchFolder'> {
  return ctx.transact(async (tx, afterCommit) => {
    await takeTurn(tx, `drive ${userId}`)
    if (parentId !== null) {
      const above = await folderChain(tx, userId, parentId, DEEPEST)
      // Too deep is answered like a folder that cannot be put anything into.
      if (above.length === 0 || above.length >= DEEPEST) return 'noSuchFolder'
    }
    const id = ctx.ids.next()
    await insertFolder(tx, { id, userId, name, parentId })
    afterCommit(() => ctx.bus.publish({ type: 'driveFolder', id, userId, change: 'created' }))
    return { id }
  })
}

export type ChangeFolderFailure = 'noSuchFolder' | 'noSuchParentFolder' | 'recursiveNesting'

/** Renames or moves a folder. None is moved into itself or into what it holds. */
export async function changeFolder(
  ctx: Ctx,
  userId: string,
  folderId: string,
  { name, parentId }: { name: string | undefined; parentId: string | null | undefined },
): Promise<{ id: string } | ChangeFolderFailure> {
  return ctx.transact(async (tx, afterCommit) => {
    // Of two moves at once, each could make the other a circle.
    await takeTurn(tx, `drive ${userId}`)
    if (!(await ownFolder(tx, userId, folderId))) return 'noSuchFolder'
    if (parentId != null) {
      const above = await folderChain(tx, userId, parentId, DEEPEST)
      if (above.length === 0) return 'noSuchParentFolder'
      if (above.some(({ id }) => id === folderId) || above.length >= DEEPEST) return 'recursiveNesting'
    }
    await updateFolder(tx, folderId, {
      ...(name !== undefined && { name }),
      ...(parentId !== undefined && { parentId }),
    })
    afterCommit(() => ctx.bus.publish({ type: 'driveFolder', id: folderId, userId, change: 'updated' }))
    return { id: folderId }
  })
}

/** Deletes a folder with nothing in it. */
export async function deleteFolder(
  ctx: Ctx,
  userId: string,
  folderId: string,
): Promise<{ id: string } | 'noSuchFolder' | 'hasChildFilesOrFolders'> {
  return ctx.transact(async (tx, afterCommit) => {
    // Whoever puts something into it waits for the same turn.
    await takeTurn(tx, `drive ${userId}`)
    if (!(await ownFolder(tx, userId, folderId))) return 'noSuchFolder'
    const inside = (await contentCounts(tx, userId, [folderId])).get(folderId)
    if (inside && inside.foldersCount + inside.filesCount > 0) return 'hasChildFilesOrFolders'
    await deleteFolderRow(tx, folderId)
    afterCommit(() => ctx.bus.publish({ type: 'driveFolder', id: folderId, userId, change: 'deleted' }))
    return { id: folderId }
  })
}
