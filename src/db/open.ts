import { join } from 'node:path'
import type { Database } from './database.ts'
import { migrate } from './migrate.ts'
import { type Migration, migrations } from './migrations/all.ts'

/** The database in the data folder. */
export const SQLITE_FILE = 'mamekey.sqlite'

export interface OpenOptions {
  /** Told what whoever runs the server should know about a migration. */
  notify?: (message: string) => void
  /** Every migration there is. */
  known?: Readonly<Record<string, Migration>>
}

/**
 * Opens the database of the settings and brings its tables up to date. An SQLite database that has to be migrated is
 * copied before.
 * @param where `sqlite` for a file in the folder `data`, or a `postgres://` URL
 */
export async function openDatabase(
  where: string,
  data: string,
  onError: (error: Error) => void,
  { notify = () => {}, known = migrations }: OpenOptions = {},
): Promise<Database> {
  if (where === 'sqlite') {
    const { snapshotBefore } = await import('./backup/snapshot.ts')
    const snapshot = await snapshotBefore(join(data, SQLITE_FILE), Object.keys(known))
    if (snapshot) notify(`The database is brought up to date. It stays as it was in ${snapshot}`)
  }
  const database = await openDialect(where, data, onError)
  try {
    const done = await migrate(database, known)
    // A new database runs the first migration too, and has nothing to go back to.
    if (database.dialect === 'postgres' && done.length > 0 && done[0] !== Object.keys(known)[0]) {
      notify(UNCOPIED)
    }
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

const UNCOPIED =
  'The PostgreSQL database was brought up to date, and no copy of before was made. ' +
  'Run ./mamekey backup with the old version before you start a new one: without it there is no way back'

/** Loads only the database that is used: the other one's client would cost memory and time at every start. */
export async function openDialect(where: string, data: string, onError: (error: Error) => void): Promise<Database> {
  if (where === 'sqlite') {
    const { openSqlite } = await import('./dialects/sqlite.ts')
    return openSqlite(join(data, SQLITE_FILE), onError)
  }
  const { openPostgres } = await import('./dialects/postgres.ts')
  return openPostgres(where, onError)
}
