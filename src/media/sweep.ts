import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ctx } from '../context.ts'
import { isAnyFile, keysInUse } from '../db/queries/drive-files.ts'
import { HOUR } from '../lib/time.ts'
import { namesIn } from './content-backup.ts'
import { CONTENT_FOLDER, INCOMING_FOLDER, keyColumns, type Variant, variantOf } from './storage.ts'

/** What is younger may still be on its way to its row. */
const YOUNG = HOUR

/**
 * Removes what a process that died has left behind: what had come in half, and content without a file. Reads all names
 * there are, a folder at a time.
 */
export async function sweepContent(ctx: Ctx): Promise<void> {
  const { data } = ctx.config
  const incoming = join(data, INCOMING_FOLDER)
  for (const name of await namesIn(incoming)) await removeOld(join(incoming, name))
  // A database without any file is a new one, or the wrong one: then all there is would go.
  if (!(await isAnyFile(ctx.db))) return
  const content = join(data, CONTENT_FOLDER)
  for (const folder of await namesIn(content)) {
    const path = join(content, folder)
    const names = await namesIn(path)
    for (let at = 0; at < names.length; at += 100) {
      for (const key of await without(ctx, names.slice(at, at + 100))) await removeOld(join(path, key))
    }
  }
}

/** Removes all content there is. */
export async function emptyContent(ctx: Ctx): Promise<void> {
  for (const folder of [INCOMING_FOLDER, CONTENT_FOLDER]) {
    await rm(join(ctx.config.data, folder), { recursive: true, force: true })
  }
}

/** Those of the keys that no file has. What is no key is nothing of ours, and stays. */
async function without(ctx: Ctx, names: readonly string[]): Promise<string[]> {
  const lost: string[] = []
  for (const variant of Object.keys(keyColumns) as Variant[]) {
    const keys = names.filter((name) => variantOf(name) === variant)
    const used = await keysInUse(ctx.db, keyColumns[variant], keys)
    lost.push(...keys.filter((key) => !used.has(key)))
  }
  return lost
}

async function removeOld(path: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (found?.isFile() && found.mtimeMs < Date.now() - YOUNG) await rm(path, { force: true })
}
