import { AsyncLocalStorage } from 'node:async_hooks'
import { type DatabaseConnection, type Driver, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { type AfterCommit, type Database, type Db, isFailure, nestedInside, rootInside } from '../database.ts'
import type { Tables } from '../schema/tables.ts'
import {
  type CurrentTransaction,
  guardInside,
  guardOutside,
  openToken,
  runActions,
  type TransactionToken,
} from './transaction.ts'

const INT8 = 20
/**
 * Serialisation failure, deadlock, and a row that refers to one which was deleted at the same moment: tried again, the same
 * work succeeds, or finds that the other is gone.
 */
const retried = new Set(['40001', '40P01', '23503'])
const ATTEMPTS = 3

/** Counts and times come as 8-byte integers, which the driver would give as text. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
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
      createDriver: () => guardDriver(dialect.createDriver(), current),
      createIntrospector: (db) => dialect.createIntrospector(db),
      createQueryCompiler: () => dialect.createQueryCompiler(),
    },
  })

  const inFlight = new Set<Promise<unknown>>()

  async function attempt<T>(work: (tx: Db, afterCommit: AfterCommit) => Promise<T>): Promise<T> {
    const actions: (() => void)[] = []
    const token = openToken()
    const transaction = await root.startTransaction().execute()
    try {
      const value = await current.run(token, () => work(transaction, (action) => actions.push(action)))
      token.open = false
      if (isFailure(value)) {
        await transaction.rollback().execute()
        return value
      }
      if (token.failure) throw token.failure
      await transaction.commit().execute()
      runActions(actions, onError)
      return value
    } catch (error) {
      token.open = false
      // On a connection that is lost this fails too, and what came first tells more.
      if (!transaction.isRolledBack) await transaction.rollback().execute().catch(onError)
      throw error
    }
  }

  const takeTurn = turns(Math.ceil(connections / 2))

  async function attempts<T>(work: (tx: Db, afterCommit: AfterCommit) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await attempt(work)
      } catch (error) {
        if (tries === ATTEMPTS || !retried.has((error as { code?: string }).code ?? '')) throw error
      }
    }
  }

  return {
    dialect: 'postgres',
    db: root,
    async transact(work) {
      if (current.getStore()?.open) throw nestedInside()
      const running = takeTurn(() => attempts(work))
      inFlight.add(running)
      return running.finally(() => inFlight.delete(running))
    },
    async close() {
      while (inFlight.size > 0) await Promise.allSettled(inFlight)
      await root.destroy()
    },
  }
}

/**
 * Lets so many run at once; the others wait without holding anything. Transactions that wait for one another's locks
 * would otherwise take every connection, and readers would wait for them.
 */
function turns(atOnce: number): <T>(job: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (job) => {
    if (running < atOnce) running++
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await job()
    } finally {
      const next = waiting.shift()
      // The place goes to the next one as it is, so that nobody can come between.
      if (next) next()
      else running--
    }
  }
}

/** Wraps the connections a driver hands out, telling by BEGIN and COMMIT which are in a transaction. */
function guardDriver(driver: Driver, current: CurrentTransaction): Driver {
  const inner = new WeakMap<DatabaseConnection, DatabaseConnection>()
  const inside = new WeakSet<DatabaseConnection>()
  let taken = 0
  let allReturned = () => {}
  const giveBack = () => {
    if (--taken === 0) allReturned()
  }
  return {
    init: () => driver.init(),
    async acquireConnection() {
      // Here and not only at the statement: it would wait for a second connection while it holds one.
      if (current.getStore()?.open) throw rootInside()
      taken++
      const connection = await driver.acquireConnection().catch((error) => {
        giveBack()
        throw error
      })
      const [within, without] = [guardInside(connection, current), guardOutside(connection, current)]
      const outer: DatabaseConnection = {
        executeQuery: (query) => (inside.has(outer) ? within : without).executeQuery(query),
        streamQuery: (query, size) => (inside.has(outer) ? within : without).streamQuery(query, size),
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
    async releaseConnection(connection) {
      await driver.releaseConnection(inner.get(connection)!)
      giveBack()
    },
    async destroy() {
      // The pool forgets whoever waits for a connection when it ends: they would wait for ever.
      if (taken > 0) await new Promise<void>((resolve) => (allReturned = resolve))
      await driver.destroy()
    },
  }
}
