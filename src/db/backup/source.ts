/** A value of a row as it stands in a backup: the same from both databases. JSON columns stay text. */
export type Value = string | number | boolean | null

export type Row = Record<string, Value>

export interface Table {
  name: string
  /** The tables its rows refer to. */
  refersTo: readonly string[]
}

/** A database as it was at one moment, whatever is written to it meanwhile. */
export interface Source extends AsyncDisposable {
  readonly dialect: 'sqlite' | 'postgres'
  /** The migrations it has seen, in order. */
  readonly migrations: readonly string[]
  readonly tables: readonly Table[]
  /** The rows of a table, some at a time. */
  rows(table: string): AsyncIterable<Row[]>
}

/** The table that migrating makes and fills by itself. */
export const MIGRATION_TABLE = 'migration'

/** Tables whose rows follow from others and are made again after a restore: a backup leaves them out. */
const derivedTables: readonly string[] = ['searchCursor', 'searchNote', 'searchUser', 'searchUserQueue']

/** Whether a backup holds the rows of a table. */
export const isKept = ({ name }: Table): boolean => name !== MIGRATION_TABLE && !derivedTables.includes(name)

/** A database without our tables in it. */
export class NothingThere extends Error {}

/** Tables with those that others refer to first, so that rows can be put back in this order. */
export function inOrder(tables: readonly Table[]): Table[] {
  const ordered = new Map<string, Table>()
  const place = (table: Table, above: readonly string[]) => {
    if (ordered.has(table.name) || above.includes(table.name)) return
    const trail = [...above, table.name]
    for (const name of table.refersTo) {
      const other = tables.find((one) => one.name === name)
      if (other) place(other, trail)
    }
    ordered.set(table.name, table)
  }
  for (const table of [...tables].sort((a, b) => (a.name < b.name ? -1 : 1))) place(table, [])
  return [...ordered.values()]
}
