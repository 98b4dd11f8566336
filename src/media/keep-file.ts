import type { Ctx } from '../context.ts'
import type { DriveFileRow } from '../db/queries/drive-files.ts'
import type { Processed } from './process.ts'
import { processFile } from './process.ts'
import type { Received } from './receive.ts'
import { type Sniffed, sniff } from './sniff.ts'
import { discard, keep, newKey } from './storage.ts'

/** What of a file's row its content says. */
export type Content = Pick<
  DriveFileRow,
  | 'md5'
  | 'size'
  | 'type'
  | 'properties'
  | 'blurhash'
  | 'accessKey'
  | 'webpublicKey'
  | 'webpublicType'
  | 'thumbnailKey'
  | 'thumbnailType'
>

/** What is asked of a received file before it is kept. */
interface Wishes {
  /** Its name, as far as it tells what it is. */
  name: string
  /** MIME types that may be kept, `image/*` for all of a kind; null for all. */
  types: readonly string[] | null
}

/**
 * Finds out what a received file is, has made of it what is shown, stores all of it and then has its row written: so no
 * row is ever without its content. Where no row comes of it the content goes; should the process die before, a sweep
 * finds it.
 * @param write writes the row; a string says why it did not
 */
export async function keepFile<T extends object | string>(
  ctx: Ctx,
  received: Received,
  { name, types }: Wishes,
  write: (content: Content, sniffed: Sniffed) => Promise<T>,
): Promise<T | 'unallowedFileType'> {
  const sniffed = await sniff(received.path, name)
  if (types && !types.some((pattern) => isOfType(sniffed.type, pattern))) return 'unallowedFileType'
  const processed = await processFile(received.path, sniffed.type)
  if (processed === 'unreadable') return 'unallowedFileType'
  const stored: string[] = []
  const store = async (path: string, variant: Parameters<typeof newKey>[0]): Promise<string> => {
    const key = newKey(variant)
    stored.push(key)
    await keep(ctx.config.data, path, key)
    return key
  }
  const variants = await storeVariants(processed, store)
  const accessKey = await store(received.path, 'original')
  const { md5, size } = received
  const outcome = await write({ md5, size, type: sniffed.type, accessKey, ...variants }, sniffed)
  // Where writing failed otherwise nobody knows whether there is a row: then the content stays, and a sweep looks.
  if (typeof outcome === 'string') for (const key of stored) await discard(ctx.config.data, key)
  return outcome
}

async function storeVariants(
  processed: Processed | null,
  store: (path: string, variant: 'webpublic' | 'thumbnail') => Promise<string>,
) {
  const { properties = {}, blurhash = null, webpublic = null, thumbnail = null } = processed ?? {}
  return {
    properties,
    blurhash,
    webpublicKey: webpublic && (await store(webpublic.path, 'webpublic')),
    webpublicType: webpublic?.type ?? null,
    thumbnailKey: thumbnail && (await store(thumbnail.path, 'thumbnail')),
    thumbnailType: thumbnail?.type ?? null,
  }
}

/** Whether a type is one that a pattern such as `image/png`, `image/*` or `*\/*` stands for. */
function isOfType(type: string, pattern: string): boolean {
  if (pattern === '*/*' || pattern === '*') return true
  return pattern.endsWith('/*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern
}
