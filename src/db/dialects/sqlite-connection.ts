import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'

/** Statements kept prepared on one connection. Lists of different lengths make different SQL, so there must be an end. */
const KEPT_STATEMENTS = 500

interface Prepared {
  statement: StatementSync
  /** Makes a row of the values of its columns; null for statements that return none. */
  toRow: ((values: unknown[]) => unknown) | null
}

/** What of a value makes that of a column, by the declared type of the column, where SQLite does not have the type. */
const decoders: Readonly<Record<string, (value: string) => string>> = {
  boolean: (value) => `${value} === null ? null : ${value} !== 0`,
  jsontext: (value) => `${value} === null ? null : JSON.parse(${value})`,
}

/**
 * Writes the function that makes rows: an object literal makes objects of one shape, which takes half the time of setting
 * one property after another.
 */
function rowMaker(columns: readonly { name: string; type: string | null }[]): (values: unknown[]) => unknown {
  const properties = columns.map(({ name, type }, index) => {
    const value = `values[${index}]`
    return `${JSON.stringify(name)}: ${decoders[type ?? '']?.(value) ?? value}`
  })
  return new Function('values', `return { ${properties.join(', ')} }`) as (values: unknown[]) => unknown
}

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
    const { statement, toRow } = this.#prepare(query.sql)
    const parameters = query.parameters.map(encode)
    if (!toRow) {
      return { rows: [], numAffectedRows: BigInt(statement.run(...parameters).changes) }
    }
    const rows = statement.all(...parameters) as unknown as unknown[][]
    return { rows: rows.map(toRow) as R[] }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query)
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql)
    if (known) return known
    const statement = this.database.prepare(sql)
    const columns = statement.columns()
    statement.setReturnArrays(true)
    // A statement without rows also tells the last row number, and those inside full-text tables are beyond what is exact.
    if (columns.length === 0) statement.setReadBigInts(true)
    const prepared = { statement, toRow: columns.length > 0 ? rowMaker(columns) : null }
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
