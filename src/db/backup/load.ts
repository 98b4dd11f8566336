import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { CompiledQuery, sql } from 'kysely'
import type { Database, Db } from '../database.ts'
import { migrateInside } from '../migrate.ts'
import { type Migration, migrations } from '../migrations/all.ts'
import { folderOf } from './dump.ts'
import type { Row, Value } from './source.ts'

const expand = promisify(gunzip)

/** Values of one INSERT: SQLite takes up to 32,766, PostgreSQL 65,535. */
const VALUES_AT_ONCE = 10_000
/** No member expands to more than a row beyond what `dump` puts into one. */
const LONGEST_MEMBER = 256 * 1024 * 1024

/** What is to be put into an empty database. */
export interface Dump {
  /** The migrations the database had seen. */
  migrations: readonly string[]
  /** Rows of each table, in the order in which they can be put back. */
  tables: Readonly<Record<string, number>>
  /** The names of members that begin with `folder`, in order, and what is in one. */
  membersIn(folder: string): readonly string[]
  content(name: string): Promise<Buffer>
}

/** The migrations a dump has seen and this program has not. */
export const unknownMigrations = ({ migrations: seen }: Pick<Dump, 'migrations'>): string[] =>
  seen.filter((name) => !Object.hasOwn(migrations, name))

/**
 * Fills an empty database inside a transaction: makes the tables as they were, puts the rows back, and then runs the
 * migrations that have come since. This takes as long as there are rows: nobody else uses the database meanwhile.
 * @param progress told how many rows of a table are done, now and then
 */
export async function load(
  tx: Db,
  dialect: Database['dialect'],
  dump: Dump,
  progress: (table: string, rows: number) => void,
  known: Readonly<Record<string, Migration>> = migrations,
): Promise<void> {
  const seen = Object.entries(known).filter(([name]) => dump.migrations.includes(name))
  await migrateInside(tx, dialect, Object.fromEntries(seen))
  const tables = Object.entries(dump.tables)
  // A migration may have put rows into the tables it made; those that were kept come from the dump.
  for (const [table] of tables.toReversed()) await sql`delete from ${sql.id(table)}`.execute(tx)
  for (const [table, expected] of tables) {
    let rows = 0
    for (const name of dump.membersIn(folderOf(table))) {
      rows += await insertRows(tx, dialect, table, await readRows(dump, name))
      progress(table, rows)
    }
    if (rows !== expected) throw new Error(`${table} has ${rows} rows in the backup, and should have ${expected}`)
  }
  await migrateInside(tx, dialect, known)
}

async function readRows(dump: Dump, name: string): Promise<Row[]> {
  const text = (await expand(await dump.content(name), { maxOutputLength: LONGEST_MEMBER })).toString()
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
}

/** Returns how many rows were given. All have the columns of the first. */
async function insertRows(tx: Db, dialect: Database['dialect'], table: string, rows: Row[]): Promise<number> {
  const columns = Object.keys(rows[0]!)
  const rowsAtOnce = Math.floor(VALUES_AT_ONCE / columns.length)
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    const some = rows.slice(at, at + rowsAtOnce)
    const values: Value[] = []
    for (const row of some) for (const column of columns) values.push(row[column]!)
    await tx.executeQuery(CompiledQuery.raw(insertion(dialect, table, columns, some.length), values))
  }
  return rows.length
}

function insertion(dialect: Database['dialect'], table: string, columns: string[], rows: number): string {
  const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
  const group = (row: number) =>
    `(${columns.map((_, column) => (dialect === 'postgres' ? `$${row * columns.length + column + 1}` : '?')).join(', ')})`
  const groups = Array.from({ length: rows }, (_, row) => group(row)).join(', ')
  return `insert into ${quoted(table)} (${columns.map(quoted).join(', ')}) values ${groups}`
}
