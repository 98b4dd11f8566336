import type { Ctx } from '../context.ts'
import { contentCounts, type DriveFolderRow, folderChain } from '../db/queries/drive-folders.ts'
import { isoTimeOfId } from '../lib/id.ts'
import type { DriveFolder } from './schema/drive-folder.ts'

/** So many folders are shown around one. */
const MAX_DEPTH = 64

/** A folder in a list. */
export const showFolder = ({ id, name, parentId }: DriveFolderRow): DriveFolder => ({
  id,
  createdAt: isoTimeOfId(id),
  name,
  parentId,
})

/** One of a person's folders with the folders it is in, each with how much is right inside; undefined when there is none. */
export async function showFolderDetailed(ctx: Ctx, userId: string, id: string): Promise<DriveFolder | undefined> {
  const chain = await folderChain(ctx.db, userId, id, MAX_DEPTH)
  const counts = await contentCounts(
    ctx.db,
    userId,
    chain.map((folder) => folder.id),
  )
  return chain.reduceRight<DriveFolder | undefined>(
    (parent, row) => ({ ...showFolder(row), ...counts.get(row.id), ...(parent && { parent }) }),
    undefined,
  )
}
