import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import { backup, DatabaseSync } from 'node:sqlite'
import { inOrder, isKept, MIGRATION_TABLE, NothingThere, type Row, type Source, type Table } from './source.ts'

/** Copying page by page would begin again with every write of another process: it is done in one step. */
const ALL_PAGES = 0x7fffffff
const ROWS_AT_ONCE = 1000

/**
 * Copies an SQLite database as it is at this moment into one file that stands for itself. Whoever uses the database
 * can go on reading and writing.
 */
export async function copySqlite(file: string, copy: string): Promise<void> {
  if (!existsSync(file)) throw new NothingThere(`There is no database at ${file}`)
  // Made first, so that only its owner may ever read it.
  closeSync(openSync(copy, 'wx', 0o600))
  // Not opened read-only: that would leave its own empty log behind, which may then be another user's.
  const source = new DatabaseSync(file, { timeout: 5000 })
  try {
    source.exec('pragma query_only = on')
    await backup(source, copy, { rate: ALL_PAGES })
  } finally {
    source.close()
  }
  const made = new DatabaseSync(copy)
  try {
    made.exec('pragma journal_mode = delete')
  } finally {
    made.close()
  }
}

/**
 * Opens an SQLite database for a backup: a copy of it, for a long read of the original would keep its log from being
 * begun anew.
 * @param copy where the copy may lie until the source is disposed of
 */
export async function openSqliteSource(file: string, copy: string): Promise<Source> {
  const removeCopy = () => rmSync(copy, { force: true })
  try {
    await copySqlite(file, copy)
  } catch (error) {
    removeCopy()
    throw error
  }
  const database = new DatabaseSync(copy, { readOnly: true })
  const dispose = async () => {
    database.close()
    removeCopy()
  }
  try {
    const tables = tablesOf(database)
    return {
      dialect: 'sqlite',
      migrations: migrationsOf(database),
      tables: inOrder(tables.filter(isKept)),
      rows: (table) => rowsOf(database, table),
      [Symbol.asyncDispose]: dispose,
    }
  } catch (error) {
    await dispose()
    throw error
  }
}

/** The migrations an SQLite database has seen; none when it is new. */
export function migrationsOf(database: DatabaseSync): string[] {
  if (!tablesOf(database).some(({ name }) => name === MIGRATION_TABLE)) return []
  const rows = database.prepare(`select "name" from "${MIGRATION_TABLE}" order by "name"`).all()
  return rows.map(({ name }) => String(name))
}

function tablesOf(database: DatabaseSync): Table[] {
  const tables = database
    .prepare(`select "name" from pragma_table_list where "schema" = 'main' and "type" = 'table'`)
    .all()
    .map(({ name }) => String(name))
    .filter((name) => !name.startsWith('sqlite_'))
  const references = database.prepare('select distinct "table" from pragma_foreign_key_list(?)')
  return tables.map((name) => ({ name, refersTo: references.all(name).map(({ table }) => String(table)) }))
}

async function* rowsOf(database: DatabaseSync, table: string): AsyncGenerator<Row[]> {
  // Columns that are computed from others are not among these.
  const columns = database.prepare('select "name", "type" from pragma_table_info(?)').all(table)
  const booleans = columns.filter(({ type }) => type === 'boolean').map(({ name }) => String(name))
  const names = columns.map(({ name }) => `"${name}"`).join(', ')
  let rows: Row[] = []
  for (const row of database.prepare(`select ${names} from "${table}"`).iterate() as Iterable<Row>) {
    for (const name of booleans) if (row[name] !== null) row[name] = row[name] !== 0
    rows.push(row)
    if (rows.length < ROWS_AT_ONCE) continue
    yield rows
    rows = []
  }
  yield rows
}
