import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { copySqlite, migrationsOf } from './sqlite-source.ts'

const KEPT = 2

/**
 * Keeps a copy of an SQLite database that is about to be migrated, as `snapshots/before-<migration>.sqlite` in its
 * folder; of all such copies the last two stay.
 * @param known the names of all migrations
 * @returns the path of the copy; null where there is nothing to migrate, or no database yet
 */
export async function snapshotBefore(file: string, known: readonly string[]): Promise<string | null> {
  const next = nextMigration(file, known)
  if (!next) return null
  const folder = join(dirname(file), 'snapshots')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const snapshot = join(folder, `before-${next}.sqlite`)
  const partial = `${snapshot}.${process.pid}.partial`
  try {
    await copySqlite(file, partial)
    // Another process may have migrated meanwhile: then this is no copy of before, and that process has made one.
    if (nextMigration(partial, known) !== next) return null
    const handle = await open(partial, 'r+')
    await handle.sync().finally(() => handle.close())
    renameSync(partial, snapshot)
  } finally {
    rmSync(partial, { force: true })
  }
  removeOld(folder)
  return snapshot
}

/** The first migration a database has not seen; null for a database that has seen all or none. */
function nextMigration(file: string, known: readonly string[]): string | null {
  if (!existsSync(file)) return null
  const database = new DatabaseSync(file, { timeout: 5000 })
  try {
    const applied = migrationsOf(database)
    return applied.length === 0 ? null : (known.find((name) => !applied.includes(name)) ?? null)
  } finally {
    database.close()
  }
}

function removeOld(folder: string): void {
  const age = (name: string) => statSync(join(folder, name)).mtimeMs
  const snapshots = readdirSync(folder).filter((name) => /^before-.*\.sqlite$/.test(name))
  for (const name of snapshots.sort((a, b) => age(b) - age(a)).slice(KEPT)) rmSync(join(folder, name))
}
