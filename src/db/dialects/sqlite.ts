import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
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

/**
 * Sends queries straight to the one connection there is: being handed one, and giving it back, would take as long as a
 * query by a primary key.
 */
class StraightExecutor extends DefaultQueryExecutor {
  readonly #connection: DatabaseConnection

  constructor(connection: DatabaseConnection) {
    super(new SqliteQueryCompiler(), new SqliteAdapter(), { provideConnection: (consumer) => consumer(connection) })
    this.#connection = connection
  }

  override executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#connection.executeQuery<R>(query)
  }
}

/** The query builder over a connection that is already open. */
function builderOver(connection: DatabaseConnection): Kysely<Tables> {
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: noTransactions,
    commitTransaction: noTransactions,
    rollbackTransaction: noTransactions,
    destroy: async () => {},
  }
  const dialect: Dialect = {
    createDriver: () => driver,
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
  return new Kysely<Tables>({ config: { dialect }, dialect, driver, executor: new StraightExecutor(connection) })
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
  const tx = builderOver(guardInside(write, current))
  const writer = new SqliteWriter(write, tx, current, file, checkpointer, onError)
  return {
    dialect: 'sqlite',
    db: builderOver(guardOutside(read, current)),
    transact: (work) => writer.transact(work),
    async close() {
      await writer.close()
      await checkpointer.close()
      read.close()
      write.close()
    },
  }
}
