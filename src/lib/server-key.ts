import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

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
  try {
    // Fails when it exists: of two processes that start at once, both use the one key.
    writeFileSync(file, `${randomBytes(LENGTH).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  if (key.length !== LENGTH) throw new Error(`${file} does not hold a key of ${LENGTH} bytes: restore it from a backup`)
  return key
}
