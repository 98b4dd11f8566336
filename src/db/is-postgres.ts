import { PostgresAdapter } from 'kysely'
import type { Db } from './database.ts'

/** Whether queries go to PostgreSQL, where several write at once; else it is SQLite, with one writer. */
export const isPostgres = (db: Db): boolean => db.getExecutor().adapter instanceof PostgresAdapter
