import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Database } from '../database.ts'
import type { Tables } from '../schema/tables.ts'
import { Checkpointer } from './checkpointer.ts'
import { SqliteConnection } from './sqlite-connection.ts'
import { SqliteWriter } from './sqlite-writer.ts'
import { guardInside, guardOutside, type TransactionToken } from './transaction.ts'

const noTransactions = async (): Promise<void> => {
  throw new Error('Transactions are begun by transact, not by the query builder')
}

/** A Kysely dialect over a connection that is already open. */
function dialectOver(connection: DatabaseConnection): Dialect {
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: noTransactions,
    commitTransaction: noTransactions,
    rollbackTransaction: noTransactions,
    destroy: async () => {},
  }
  return {
    createDriver: () => driver,
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}

/**
 * Opens (and makes) an SQLite database: one connection that writes, one that only reads. A shared connection would
 * show readers the uncommitted rows of others.
 * @param onError told of failures in the background
 */
export function openSqlite(file: string, onError: (error: Error) => void): Database {
  const current = new AsyncLocalStorage<TransactionToken>()
  const write = new SqliteConnection(file, { readOnly: false })
  write.database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma wal_autocheckpoint = 0')
  // The log file exists, and can be synchronised, once something has been read; to write, one might have to wait.
  write.database.exec('select count(*) from sqlite_schema')
  const read = new SqliteConnection(file, { readOnly: true })
  const checkpointer = new Checkpointer(file, onError)
  const tx = new Kysely<Tables>({ dialect: dialectOver(guardInside(write, current)) })
  const writer = new SqliteWriter(write, tx, current, file, checkpointer, onError)
  return {
    dialect: 'sqlite',
    db: new Kysely<Tables>({ dialect: dialectOver(guardOutside(read, current)) }),
    transact: (work) => writer.transact(work),
    async close() {
      await writer.close()
      await checkpointer.close()
      read.close()
      write.close()
    },
  }
}
