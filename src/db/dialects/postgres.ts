import { AsyncLocalStorage } from 'node:async_hooks'
import { type DatabaseConnection, type Driver, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import {
  type AfterCommit,
  type Database,
  type Db,
  isFailure,
  nestedInside,
  rootInside,
  usedAfterEnd,
  writeOutside,
} from '../database.ts'
import type { Tables } from '../schema/tables.ts'

const INT8 = 20
const writing = /^\s*(insert|update|delete)\b/i
/** Serialisation failure and deadlock: the same work may succeed when tried again. */
const retried = new Set(['40001', '40P01'])
const ATTEMPTS = 3

interface TransactionToken {
  open: boolean
}

/** Counts and times come as 8-byte integers, which the driver would give as text. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
}

/** Refuses the root database inside a transaction: it would take a second connection, and not see the first one's rows. */
function guarded(driver: Driver, current: AsyncLocalStorage<TransactionToken>): Driver {
  return {
    init: () => driver.init(),
    async acquireConnection() {
      if (current.getStore()?.open) throw rootInside()
      return driver.acquireConnection()
    },
    beginTransaction: (connection, settings) => driver.beginTransaction(connection, settings),
    commitTransaction: (connection) => driver.commitTransaction(connection),
    rollbackTransaction: (connection) => driver.rollbackTransaction(connection),
    releaseConnection: (connection) => driver.releaseConnection(connection),
    destroy: () => driver.destroy(),
  }
}

/** The same, for one statement: writes need `transact`, and a transaction's db is dead once it has ended. */
function checked(connection: DatabaseConnection, current: AsyncLocalStorage<TransactionToken>, inside: boolean) {
  return {
    executeQuery: async <R>(query: Parameters<DatabaseConnection['executeQuery']>[0]) => {
      if (inside && !current.getStore()?.open) throw usedAfterEnd()
      if (!inside && writing.test(query.sql)) throw writeOutside()
      return connection.executeQuery<R>(query)
    },
    streamQuery: connection.streamQuery.bind(connection),
  }
}

/** Opens a PostgreSQL database by its `postgres://` URL; at most `connections` are used at once. */
export function openPostgres(url: string, onError: (error: Error) => void, connections = 10): Database {
  const current = new AsyncLocalStorage<TransactionToken>()
  const pool = new pg.Pool({ connectionString: url, max: connections, types: types as pg.CustomTypesConfig })
  pool.on('error', onError)
  const dialect = new PostgresDialect({ pool })
  const root = new Kysely<Tables>({
    dialect: {
      createAdapter: () => dialect.createAdapter(),
      createDriver: () => guardStatements(guarded(dialect.createDriver(), current), current),
      createIntrospector: (db) => dialect.createIntrospector(db),
      createQueryCompiler: () => dialect.createQueryCompiler(),
    },
  })

  async function attempt<T>(work: (tx: Db, afterCommit: AfterCommit) => Promise<T>): Promise<T> {
    const actions: (() => void)[] = []
    const token = { open: true }
    const transaction = await root.startTransaction().execute()
    try {
      const value = await current.run(token, () => work(transaction, (action) => actions.push(action)))
      token.open = false
      if (isFailure(value)) {
        await transaction.rollback().execute()
        return value
      }
      await transaction.commit().execute()
      for (const action of actions) action()
      return value
    } catch (error) {
      token.open = false
      if (!transaction.isCommitted && !transaction.isRolledBack) await transaction.rollback().execute()
      throw error
    }
  }

  return {
    dialect: 'postgres',
    db: root,
    async transact(work) {
      if (current.getStore()?.open) throw nestedInside()
      for (let tries = 1; ; tries++) {
        try {
          return await attempt(work)
        } catch (error) {
          if (tries === ATTEMPTS || !retried.has((error as { code?: string }).code ?? '')) throw error
        }
      }
    },
    close: () => root.destroy(),
  }
}

/** Wraps the connections a driver hands out, telling by BEGIN and COMMIT which are in a transaction. */
function guardStatements(driver: Driver, current: AsyncLocalStorage<TransactionToken>): Driver {
  const inner = new WeakMap<DatabaseConnection, DatabaseConnection>()
  const inside = new WeakSet<DatabaseConnection>()
  return {
    init: () => driver.init(),
    async acquireConnection() {
      const connection = await driver.acquireConnection()
      const outer: DatabaseConnection = {
        executeQuery: (query) => checked(connection, current, inside.has(outer)).executeQuery(query),
        streamQuery: (query, size) => connection.streamQuery(query, size),
      }
      inner.set(outer, connection)
      return outer
    },
    async beginTransaction(connection, settings) {
      await driver.beginTransaction(inner.get(connection)!, settings)
      inside.add(connection)
    },
    async commitTransaction(connection) {
      inside.delete(connection)
      await driver.commitTransaction(inner.get(connection)!)
    },
    async rollbackTransaction(connection) {
      inside.delete(connection)
      await driver.rollbackTransaction(inner.get(connection)!)
    },
    releaseConnection: (connection) => driver.releaseConnection(inner.get(connection)!),
    destroy: () => driver.destroy(),
  }
}
