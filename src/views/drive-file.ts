import type { Ctx } from '../context.ts'
import { type DriveFileRow, fileById, filesByIds, publicKeyOf } from '../db/queries/drive-files.ts'
import { isoTimeOfId } from '../lib/id.ts'
import { contentUrl } from './content-url.ts'
import { showFolderDetailed } from './drive-folder.ts'
import type { DriveFile } from './schema/drive-file.ts'
import { showUserLite, type Viewer } from './user-lite.ts'

/**
 * A file.
 * @param audience its owner gets the original; others what was made for them
 */
export function showFile(ctx: Ctx, row: DriveFileRow, audience: 'owner' | 'others'): DriveFile {
  return {
    id: row.id,
    createdAt: isoTimeOfId(row.id),
    name: row.name,
    type: row.type,
    md5: row.md5,
    size: row.size,
    isSensitive: row.isSensitive,
    blurhash: row.blurhash,
    properties: row.properties,
    url: contentUrl(ctx, audience === 'owner' ? row.accessKey : publicKeyOf(row)),
    thumbnailUrl: row.thumbnailKey && contentUrl(ctx, row.thumbnailKey),
    comment: row.comment,
    folderId: row.folderId,
    folder: null,
    userId: row.userId,
    user: null,
  }
}

/** Files as others see them, by id; those that are gone are left out. */
export async function showFilesByIds(ctx: Ctx, ids: readonly string[]): Promise<Map<string, DriveFile>> {
  const rows = await filesByIds(ctx.db, [...new Set(ids)])
  return new Map(rows.map((row) => [row.id, showFile(ctx, row, 'others')]))
}

/** A person's own file, or undefined when it is gone. */
export async function showOwnFile(ctx: Ctx, id: string): Promise<DriveFile | undefined> {
  const row = await fileById(ctx.db, id)
  return row && showFile(ctx, row, 'owner')
}

/** A file with its owner and the folder it is in. */
export async function showFileDetailed(ctx: Ctx, row: DriveFileRow, viewer: Viewer): Promise<DriveFile> {
  const { userId, folderId } = row
  const owner = userId === null ? undefined : (await ctx.memory.people.byIds([userId])).get(userId)
  return {
    ...showFile(ctx, row, 'owner'),
    folder: userId !== null && folderId !== null ? ((await showFolderDetailed(ctx, userId, folderId)) ?? null) : null,
    user: owner ? showUserLite(ctx, owner, viewer) : null,
  }
}
