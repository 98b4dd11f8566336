import { copyFileSync, existsSync, linkSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Dump } from '../../db/backup/load.ts'
import { SERVER_KEY_FILE } from '../../lib/server-key.ts'
import { UsageError } from '../arguments.ts'

/** What is to be restored, and where to. */
export interface Work {
  data: string
  /** The content of the server's key file. */
  key: Uint8Array
  dump: Dump
  mayReplace: boolean
  progress: (table: string, rows: number) => void
}

/** The name of what was there before, in the data folder or as a schema. */
export const asideName = (): string => `replaced-${new Date().toISOString().slice(0, 19).replaceAll(/[:T]/g, '-')}`

/** Whether the data folder holds another key than the one to be restored. */
export function hasOtherKey({ data, key }: Work): boolean {
  const file = join(data, SERVER_KEY_FILE)
  return existsSync(file) && !readFileSync(file).equals(key)
}

export const notEmpty = (what: string): UsageError =>
  new UsageError(
    `${what} is not empty, and nothing was restored. ` +
      'Choose another one, or say --replace yes: what is there is then kept under another name.',
  )

/** Gives files of the data folder a second name in a folder beside them; they stay where they are until replaced. */
export function keepAside(data: string, names: readonly string[]): string | null {
  const present = names.filter((name) => existsSync(join(data, name)))
  if (present.length === 0) return null
  const aside = join(data, asideName())
  mkdirSync(aside, { mode: 0o700 })
  for (const name of present) {
    const [from, to] = [join(data, name), join(aside, name)]
    try {
      linkSync(from, to)
    } catch {
      // Not every file system has second names.
      copyFileSync(from, to)
    }
  }
  return aside
}
