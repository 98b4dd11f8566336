import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ExplainedError } from './explained-error.ts'

const LENGTH = 32

/** The name of the key's file in the data folder. */
export const SERVER_KEY_FILE = 'secret.key'

/**
 * The server's key out of its own file in the data folder; made when there is none yet. Whoever has it and the database
 * can read what is encrypted there, so it is for the owner's eyes only, and so is every backup, which it is part of.
 */
export function readServerKey(data: string): Uint8Array {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const file = join(data, SERVER_KEY_FILE)
  if (!existsSync(file)) makeKey(file)
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  if (key.length !== LENGTH)
    throw new ExplainedError(`${file} does not hold a key of ${LENGTH} bytes: restore it from a backup`)
  return key
}

/** Makes the key whole under another name first: of two processes that start at once, both use the one that was there first. */
function makeKey(file: string): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${randomBytes(LENGTH).toString('base64')}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
}
