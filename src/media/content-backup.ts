import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CONTENT_FOLDER, incomingPath, keep, pathOf, variantOf } from './storage.ts'

const FOLDER = 'files/'

/** Where the content of a key lies in a backup. */
export const contentMember = (key: string): string => `${FOLDER}${key}`

/** The key whose content a member of a backup is; null for another member. */
export function keyOfMember(name: string): string | null {
  const key = name.startsWith(FOLDER) ? name.slice(FOLDER.length) : ''
  return variantOf(key) && key
}

/** All content there is in a data folder. */
export async function* allContent(data: string): AsyncGenerator<{ key: string; path: string }> {
  const root = join(data, CONTENT_FOLDER)
  for (const folder of await namesIn(root)) {
    for (const key of await namesIn(join(root, folder))) if (variantOf(key)) yield { key, path: pathOf(data, key) }
  }
}

/** Puts content from a backup into its place. */
export async function restoreContent(data: string, key: string, pieces: AsyncIterable<Buffer>): Promise<void> {
  const path = await incomingPath(data)
  await writeFile(path, pieces, { mode: 0o600 })
  await keep(data, path, key)
}

/** The names in a folder; none where there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
    throw error
  })
}
