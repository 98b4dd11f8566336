import pg from 'pg'
import { inOrder, isKept, MIGRATION_TABLE, NothingThere, type Row, type Source, type Table } from './source.ts'

const ROWS_AT_ONCE = 1000

/** Opens a PostgreSQL database for a backup, in one transaction that sees everything as it is at this moment. */
export async function openPostgresSource(url: string): Promise<Source> {
  const client = new pg.Client({ connectionString: url, application_name: 'mamekey backup' })
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const tables = await tablesOf(client)
    if (!tables.some(({ name }) => name === MIGRATION_TABLE)) {
      throw new NothingThere('There are no tables of Mamekey in this PostgreSQL database')
    }
    const { rows } = await client.query<{ name: string }>(`select "name" from "${MIGRATION_TABLE}"`)
    return {
      dialect: 'postgres',
      migrations: rows.map(({ name }) => name).sort(),
      tables: inOrder(tables.filter(isKept)),
      rows: (table) => rowsOf(client, table),
      [Symbol.asyncDispose]: () => client.end(),
    }
  } catch (error) {
    await client.end()
    throw error
  }
}

async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; refersTo: string[] }>(`
    select t.relname::text as "name", array(
      select r.relname::text from pg_constraint c join pg_class r on r.oid = c.confrelid
      where c.conrelid = t.oid and c.contype = 'f') as "refersTo"
    from pg_class t where t.relkind = 'r' and t.relnamespace = current_schema()::regnamespace`)
  return rows
}

async function* rowsOf(client: pg.Client, table: string): AsyncGenerator<Row[]> {
  const { rows: columns } = await client.query<{ name: string; type: string }>(
    `select column_name as "name", data_type as "type" from information_schema.columns
     where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  )
  const numbers = columns.filter(({ type }) => type === 'bigint').map(({ name }) => name)
  // JSON as the text it was written as.
  const names = columns.map(({ name, type }) => `"${name}"${/^jsonb?$/.test(type) ? `::text as "${name}"` : ''}`)
  await client.query(`declare backup no scroll cursor for select ${names.join(', ')} from "${table}"`)
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${ROWS_AT_ONCE} from backup`)
    // 8-byte integers come as text.
    for (const row of rows) for (const name of numbers) if (row[name] !== null) row[name] = Number(row[name])
    yield rows
    if (rows.length < ROWS_AT_ONCE) break
  }
  await client.query('close backup')
}
