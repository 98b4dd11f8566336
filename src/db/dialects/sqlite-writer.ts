import { closeSync, fdatasync as fdatasyncCallback, openSync } from 'node:fs'
import { promisify } from 'node:util'
import { type AfterCommit, type Db, isFailure, nestedInside } from '../database.ts'
import type { Checkpointer } from './checkpointer.ts'
import type { SqliteConnection } from './sqlite-connection.ts'
import { type CurrentTransaction, openToken, runActions } from './transaction.ts'

const fdatasync = promisify(fdatasyncCallback)

/** Transactions that share one COMMIT and one fdatasync. */
interface Group {
  afterCommit: (() => void)[]
  size: number
  durable: Promise<void>
  settle: (error?: Error) => void
}

function openGroup(): Group {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  promise.catch(() => {})
  return { afterCommit: [], size: 0, durable: promise, settle: (error) => (error ? reject(error) : resolve()) }
}

/**
 * The one writer of an SQLite database. Transactions run one after another, each in a SAVEPOINT; those that come while
 * an earlier group is being synchronised share the next COMMIT. `synchronous=NORMAL` leaves COMMIT without an fsync, so
 * the loop is not held: one asynchronous fdatasync of the write-ahead log follows, and only then do its callers go on.
 */
export class SqliteWriter {
  readonly #connection: SqliteConnection
  readonly #current: CurrentTransaction
  readonly #db: Db
  readonly #checkpointer: Checkpointer
  readonly #onError: (error: Error) => void
  readonly #log: number
  #turn: Promise<unknown> = Promise.resolve()
  #group: Group | null = null
  #syncing: Promise<void> | null = null
  #commitPlanned = false
  /** Set for good by an fdatasync that failed. */
  #broken: Error | null = null

  constructor(
    connection: SqliteConnection,
    db: Db,
    current: CurrentTransaction,
    file: string,
    checkpointer: Checkpointer,
    onError: (error: Error) => void,
  ) {
    this.#connection = connection
    this.#db = db
    this.#current = current
    this.#checkpointer = checkpointer
    this.#onError = onError
    this.#log = openSync(`${file}-wal`, 'r+')
  }

  async transact<T>(work: (tx: Db, afterCommit: AfterCommit) => Promise<T>): Promise<T> {
    if (this.#current.getStore()?.open) throw nestedInside()
    const { group, value } = await this.#inTurn(() => this.#run(work))
    if (group) {
      this.#planCommit()
      await group.durable
    }
    return value
  }

  async #run<T>(work: (tx: Db, afterCommit: AfterCommit) => Promise<T>): Promise<{ group: Group | null; value: T }> {
    if (this.#broken) throw this.#broken
    const { database } = this.#connection
    const group = this.#group ?? this.#begin()
    const token = openToken()
    const actions: (() => void)[] = []
    try {
      database.exec('savepoint tx')
      const value = await this.#current.run(token, () => work(this.#db, (action) => actions.push(action)))
      token.open = false
      if (isFailure(value)) {
        this.#undo(group, null)
        return { group: null, value }
      }
      if (token.failure) throw token.failure
      database.exec('release tx')
      group.size++
      group.afterCommit.push(...actions)
      return { group, value }
    } catch (error) {
      token.open = false
      this.#undo(group, error as Error)
      throw error
    }
  }

  #begin(): Group {
    this.#connection.database.exec('begin immediate')
    this.#group = openGroup()
    return this.#group
  }

  /** Takes back one transaction; where SQLite has already rolled back everything (disk full), the whole group fails. */
  #undo(group: Group, error: Error | null): void {
    const { database } = this.#connection
    if (database.isTransaction && group.size > 0) {
      database.exec('rollback to tx; release tx')
      return
    }
    if (database.isTransaction) database.exec('rollback')
    this.#group = null
    group.settle(new Error('The transaction was undone with the group it was to be committed with', { cause: error }))
  }

  /** Commits at the end of this turn of the loop, or as soon as the group before is durable. */
  #planCommit(): void {
    if (this.#commitPlanned || !this.#group) return
    this.#commitPlanned = true
    const commit = () => void this.#inTurn(() => this.#commit())
    if (this.#syncing) void this.#syncing.then(commit)
    else setImmediate(commit)
  }

  async #commit(): Promise<void> {
    this.#commitPlanned = false
    const group = this.#group
    if (!group) return
    this.#group = null
    try {
      if (this.#broken) throw this.#broken
      this.#connection.database.exec('commit')
    } catch (error) {
      if (this.#connection.database.isTransaction) this.#connection.database.exec('rollback')
      group.settle(error as Error)
      return
    }
    const syncing = fdatasync(this.#log).then(
      () => {
        // Before the callers go on: what they then ask must not be answered from a cache of before.
        runActions(group.afterCommit, this.#onError)
        group.settle()
      },
      (error: Error) => {
        // The system may have dropped what it could not write, and would say nothing of it at the next attempt: whatever
        // came after could be lost with it.
        this.#broken = new Error(
          'The disk could not keep what was written: nothing more is until the server is restarted',
          {
            cause: error,
          },
        )
        group.settle(this.#broken)
      },
    )
    this.#syncing = syncing.finally(() => {
      this.#syncing = null
      this.#planCommit()
    })
    // Still in turn: nothing begins a transaction meanwhile.
    await this.#checkpointer.committed()
  }

  #inTurn<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(job)
    this.#turn = result.catch(() => {})
    return result
  }

  /** Resolves when everything begun is durable. */
  async close(): Promise<void> {
    for (;;) {
      const turn = this.#turn
      await turn
      if (this.#group) await this.#group.durable.catch(() => {})
      await this.#syncing
      if (turn === this.#turn && !this.#group && !this.#syncing) break
    }
    closeSync(this.#log)
  }
}
