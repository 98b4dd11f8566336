import type { AsyncLocalStorage } from 'node:async_hooks'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import { afterFailure, rootInside, usedAfterEnd, writeOutside } from '../database.ts'

/** Marks the flow of one transaction. */
export interface TransactionToken {
  open: boolean
  /** The first statement that failed. PostgreSQL does nothing more after it, so neither database may. */
  failure: Error | null
}

export type CurrentTransaction = AsyncLocalStorage<TransactionToken>

export const openToken = (): TransactionToken => ({ open: true, failure: null })

/** A connection as a transaction may use it: dead once the transaction has ended or a statement in it has failed. */
export function guardInside(connection: DatabaseConnection, current: CurrentTransaction): DatabaseConnection {
  return guarded(connection, async (query, execute) => {
    const token = current.getStore()
    if (!token?.open) throw usedAfterEnd()
    if (token.failure) throw afterFailure(token.failure)
    try {
      return await execute(query)
    } catch (error) {
      token.failure ??= error as Error
      throw error
    }
  })
}

const reading = /^\s*(select|with|explain|pragma|show)\b/i

/** A connection as it may be used outside transactions: for reading. */
export function guardOutside(connection: DatabaseConnection, current: CurrentTransaction): DatabaseConnection {
  return guarded(connection, async (query, execute) => {
    if (current.getStore()?.open) throw rootInside()
    if (!reading.test(query.sql)) throw writeOutside()
    return execute(query)
  })
}

type Execute = DatabaseConnection['executeQuery']

function guarded(
  connection: DatabaseConnection,
  guard: <R>(query: CompiledQuery, execute: Execute) => Promise<QueryResult<R>>,
): DatabaseConnection {
  const execute: Execute = (query) => {
    // One driver would take it for null, the other refuses it.
    if (query.parameters.includes(undefined)) throw new TypeError('undefined was passed to the database: pass null')
    return connection.executeQuery(query)
  }
  return {
    executeQuery: (query) => guard(query, execute),
    async *streamQuery<R>(query: CompiledQuery) {
      yield await guard<R>(query, execute)
    },
  }
}

/** Does what was registered for after the commit. One that fails is a fault to be told, not a failed transaction. */
export function runActions(actions: readonly (() => void)[], onError: (error: Error) => void): void {
  for (const action of actions) {
    try {
      action()
    } catch (error) {
      onError(error as Error)
    }
  }
}
