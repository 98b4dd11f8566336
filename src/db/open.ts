import { join } from 'node:path'
import type { Database } from './database.ts'
import { openPostgres } from './dialects/postgres.ts'
import { openSqlite } from './dialects/sqlite.ts'
import { migrate } from './migrate.ts'

/**
 * Opens the database of the settings and brings its tables up to date.
 * @param where `sqlite` for a file in the folder `data`, or a `postgres://` URL
 */
export async function openDatabase(where: string, data: string, onError: (error: Error) => void): Promise<Database> {
  const database = where === 'sqlite' ? openSqlite(join(data, 'mamekey.sqlite'), onError) : openPostgres(where, onError)
  try {
    await migrate(database)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}
