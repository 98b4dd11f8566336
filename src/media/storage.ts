import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** In the data folder: what files hold, each under its key, in folders of the first two characters of the key's own part. */
export const CONTENT_FOLDER = 'files'

/** In the data folder: what is still coming in, and what is being made of it. On the same disk, so that it can be renamed. */
export const INCOMING_FOLDER = 'incoming'

/** The variants of a file's content. Others than the original say so at the beginning of their key. */
export type Variant = 'original' | 'webpublic' | 'thumbnail'

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A new key: nobody can guess it, for whoever knows it may read the content. */
export const newKey = (variant: Variant): string => `${variant === 'original' ? '' : `${variant}-`}${randomUUID()}`

/** Which variant a key is of; null for what is no key, as every path is that leads elsewhere. */
export function variantOf(key: string): Variant | null {
  const [, prefix, rest] = /^(?:(webpublic|thumbnail)-)?(.+)$/.exec(key) ?? []
  if (rest === undefined || !uuid.test(rest)) return null
  return (prefix as Variant | undefined) ?? 'original'
}

/** Where the content of a key lies. */
export const pathOf = (data: string, key: string): string => join(data, CONTENT_FOLDER, key.slice(-36, -34), key)

/** A path for something that is coming in; the folder is there. */
export async function incomingPath(data: string): Promise<string> {
  const folder = join(data, INCOMING_FOLDER)
  await mkdir(folder, { recursive: true })
  return join(folder, randomUUID())
}

/**
 * Puts what has come in under a key. When this has resolved, the content is there whole and survives a loss of power; in
 * any moment before, it is there whole or not at all.
 */
export async function keep(data: string, incoming: string, key: string): Promise<void> {
  const path = pathOf(data, key)
  const folder = dirname(path)
  if ((await mkdir(folder, { recursive: true })) !== undefined) await sync(dirname(folder))
  await sync(incoming)
  await rename(incoming, path)
  await sync(folder)
}

/** Removes content, if it is there. */
export const discard = (data: string, key: string): Promise<void> => rm(pathOf(data, key), { force: true })

/** Waits until a file, or the names in a folder, are on the disk. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The column of a file's row that has the key of a variant. */
export const keyColumns = { original: 'accessKey', webpublic: 'webpublicKey', thumbnail: 'thumbnailKey' } as const
