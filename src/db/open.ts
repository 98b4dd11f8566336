import { join } from 'node:path'
import type { Database } from './database.ts'
import { migrate } from './migrate.ts'

/**
 * Opens the database of the settings and brings its tables up to date.
 * @param where `sqlite` for a file in the folder `data`, or a `postgres://` URL
 */
export async function openDatabase(where: string, data: string, onError: (error: Error) => void): Promise<Database> {
  const database = await openDialect(where, data, onError)
  try {
    await migrate(database)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Loads only the database that is used: the other one's client would cost memory and time at every start. */
async function openDialect(where: string, data: string, onError: (error: Error) => void): Promise<Database> {
  if (where === 'sqlite') {
    const { openSqlite } = await import('./dialects/sqlite.ts')
    return openSqlite(join(data, 'mamekey.sqlite'), onError)
  }
  const { openPostgres } = await import('./dialects/postgres.ts')
  return openPostgres(where, onError)
}
