import type { Kysely } from 'kysely'
import type { Tables } from './schema/tables.ts'

/** What queries run on: the database itself for reading, or a transaction. */
export type Db = Kysely<Tables>

/** Registers what is to happen once the transaction is durable, in order; it does not happen if it fails. */
export type AfterCommit = (action: () => void) => void

export interface Database {
  readonly dialect: 'sqlite' | 'postgres'
  /** For reading, outside transactions. It refuses to write, and to be used while a transaction is open in the same flow. */
  readonly db: Db
  /**
   * Runs `work` in one transaction and resolves when what it wrote is durable. Anything thrown rolls back all of it, and
   * so does a returned string, which is an expected failure. After a statement has failed nothing more can be done in the
   * transaction: whether that was caught or not, all of it is rolled back, and the failure thrown unless a string is
   * returned. Keep it short: no network, no hashing, no file inside.
   */
  transact<T>(work: (tx: Db, afterCommit: AfterCommit) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Whether the outcome of a transaction's work says that it failed as expected. */
export const isFailure = (outcome: unknown): boolean => typeof outcome === 'string'

/** A mistake in our own use of the database. */
export class TransactionMisuse extends Error {}

export const rootInside = (): TransactionMisuse =>
  new TransactionMisuse(
    'The root database was used inside a transaction: use the transaction’s own db, or the query would not see its rows.',
  )

export const nestedInside = (): TransactionMisuse =>
  new TransactionMisuse('A transaction was begun inside a transaction: pass the open one along instead.')

export const writeOutside = (): TransactionMisuse =>
  new TransactionMisuse(
    'A write was sent to the root database: writes go through transact, so that they are durable when answered.',
  )

export const afterFailure = (failure: Error): TransactionMisuse =>
  new TransactionMisuse(
    'A transaction was used after a statement in it had failed: it can only be rolled back, so return or throw.',
    { cause: failure },
  )

export const usedAfterEnd = (): TransactionMisuse =>
  new TransactionMisuse('A transaction’s db was used after the transaction had ended: await every query inside it.')
