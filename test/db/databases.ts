import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'node:test'
import type { Database } from '../../src/db/database.ts'
import { openDatabase } from '../../src/db/open.ts'
import { missing } from '../require.ts'
import { postgresSchema } from '../server.ts'

/** An empty database of the test's own, with its tables in place. */
export interface TestDatabase extends AsyncDisposable {
  readonly database: Database
  readonly dialect: Database['dialect']
  /** What to start a server with. */
  readonly settings: { database: string; data: string }
  /** What failed in the background, or after a commit. */
  readonly errors: Error[]
  /** Opens the same rows once more, as another process would. It is closed at the end, unless that was done before. */
  again(): Promise<Database>
}

/** Where a database can be, with nothing in it yet. */
export interface Place {
  readonly settings: TestDatabase['settings']
  remove(): Promise<void>
}

/** Runs the same tests on SQLite and, where there is one, on PostgreSQL. */
export function onEachDatabase(
  name: string,
  tests: (open: () => Promise<TestDatabase>, find: () => Promise<Place>) => void,
): void {
  const on = (dialect: Database['dialect']) => () =>
    tests(
      () => testDatabase(dialect),
      () => findPlace(dialect),
    )
  describe(`${name} on SQLite`, on('sqlite'))
  describe(`${name} on PostgreSQL`, { skip: missing('postgres') }, on('postgres'))
}

async function findPlace(dialect: Database['dialect']): Promise<Place> {
  const data = mkdtempSync(join(tmpdir(), 'mamekey-test-'))
  const rows = dialect === 'postgres' ? await postgresSchema() : { url: 'sqlite', drop: async () => {} }
  return {
    settings: { database: rows.url, data },
    async remove() {
      await rows.drop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

export async function testDatabase(dialect: Database['dialect']): Promise<TestDatabase> {
  const { settings, remove } = await findPlace(dialect)
  const errors: Error[] = []
  const opened = new Set<Database>()
  const open = async (): Promise<Database> => {
    const database = await openDatabase(settings.database, settings.data, (error) => errors.push(error))
    const once: Database = {
      ...database,
      async close() {
        if (opened.delete(once)) await database.close()
      },
    }
    opened.add(once)
    return once
  }
  return {
    database: await open(),
    dialect,
    settings,
    errors,
    again: open,
    async [Symbol.asyncDispose]() {
      await Promise.all([...opened].map((database) => database.close()))
      await remove()
    },
  }
}
