import type { AsyncLocalStorage } from 'node:async_hooks'
import { closeSync, fdatasync as fdatasyncCallback, openSync } from 'node:fs'
import { promisify } from 'node:util'
import { type AfterCommit, type Db, isFailure, nestedInside } from '../database.ts'
import type { Checkpointer } from './checkpointer.ts'
import type { SqliteConnection } from './sqlite-connection.ts'

const fdatasync = promisify(fdatasyncCallback)

/** Marks the flow of one open transaction. */
export interface TransactionToken {
  open: boolean
}

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
  readonly #current: AsyncLocalStorage<TransactionToken>
  readonly #db: Db
  readonly #checkpointer: Checkpointer
  readonly #log: number
  #turn: Promise<unknown> = Promise.resolve()
  #group: Group | null = null
  #syncing: Promise<void> | null = null
  #commitPlanned = false

  constructor(
    connection: SqliteConnection,
    db: Db,
    current: AsyncLocalStorage<TransactionToken>,
    file: string,
    checkpointer: Checkpointer,
  ) {
    this.#connection = connection
    this.#db = db
    this.#current = current
    this.#checkpointer = checkpointer
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
    const { database } = this.#connection
    if (!this.#group) {
      database.exec('begin immediate')
      this.#group = openGroup()
    }
    const group = this.#group
    const token = { open: true }
    const actions: (() => void)[] = []
    database.exec('savepoint tx')
    try {
      const value = await this.#current.run(token, () => work(this.#db, (action) => actions.push(action)))
      token.open = false
      if (isFailure(value)) {
        this.#undo(group, null)
        return { group: null, value }
      }
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

  /** Takes back one transaction; where SQLite has already rolled back everything (disk full), the whole group fails. */
  #undo(group: Group, error: Error | null): void {
    const { database } = this.#connection
    if (database.isTransaction) {
      database.exec('rollback to tx; release tx')
      if (group.size > 0) return
      database.exec('rollback')
    }
    this.#group = null
    group.settle(new Error('The transaction was undone with the group it was to be committed with', { cause: error }))
  }

  /** Commits at the end of this turn of the loop, or as soon as the group before is durable. */
  #planCommit(): void {
    if (this.#commitPlanned || !this.#group) return
    this.#commitPlanned = true
    const commit = () => void this.#inTurn(async () => this.#commit())
    if (this.#syncing) void this.#syncing.then(commit)
    else setImmediate(commit)
  }

  #commit(): void {
    this.#commitPlanned = false
    const group = this.#group
    if (!group) return
    this.#group = null
    try {
      this.#connection.database.exec('commit')
    } catch (error) {
      if (this.#connection.database.isTransaction) this.#connection.database.exec('rollback')
      group.settle(error as Error)
      return
    }
    this.#checkpointer.committed()
    const syncing = fdatasync(this.#log).then(
      () => {
        // Before the callers go on: what they then ask must not be answered from a cache of before.
        for (const action of group.afterCommit) action()
        group.settle()
      },
      (error: Error) => group.settle(error),
    )
    this.#syncing = syncing.finally(() => {
      this.#syncing = null
      this.#planCommit()
    })
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
