import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'

/** Statements kept prepared on one connection. Lists of different lengths make different SQL, so there must be an end. */
const KEPT_STATEMENTS = 500

interface Prepared {
  statement: StatementSync
  returnsRows: boolean
  /** Columns whose declared type SQLite does not have. */
  decoders: { name: string; decode: (value: unknown) => unknown }[]
}

const toBoolean = (value: unknown): unknown => (value === null ? null : value !== 0)
const toJsonValue = (value: unknown): unknown => (value === null ? null : JSON.parse(String(value)))

/** One SQLite connection: prepares statements once, and turns booleans and JSON into what PostgreSQL would give. */
export class SqliteConnection implements DatabaseConnection {
  readonly database: DatabaseSync
  readonly #prepared = new Map<string, Prepared>()

  constructor(file: string, { readOnly }: { readOnly: boolean }) {
    this.database = new DatabaseSync(file, { readOnly, timeout: 5000 })
    this.database.exec('pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -16384')
  }

  // Synchronous inside, so failures must be made rejections by `async`.
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { statement, returnsRows, decoders } = this.#prepare(query.sql)
    const parameters = query.parameters.map(encode)
    if (!returnsRows) {
      const { changes } = statement.run(...parameters)
      return { rows: [], numAffectedRows: BigInt(changes) }
    }
    const rows = statement.all(...parameters)
    for (const { name, decode } of decoders) {
      for (const row of rows) row[name] = decode(row[name]) as never
    }
    return { rows: rows as R[] }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query)
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql)
    if (known) return known
    const statement = this.database.prepare(sql)
    const columns = statement.columns()
    const decoders = columns.flatMap(({ name, type }) => {
      if (type === 'boolean') return [{ name, decode: toBoolean }]
      if (type === 'jsontext') return [{ name, decode: toJsonValue }]
      return []
    })
    const prepared = { statement, returnsRows: columns.length > 0, decoders }
    if (this.#prepared.size >= KEPT_STATEMENTS) this.#prepared.delete(this.#prepared.keys().next().value!)
    this.#prepared.set(sql, prepared)
    return prepared
  }

  close(): void {
    this.#prepared.clear()
    this.database.close()
  }
}

const encode = (value: unknown): SQLInputValue =>
  typeof value === 'boolean' ? Number(value) : (value as SQLInputValue)
