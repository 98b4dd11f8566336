import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'node:test'
import { missing } from '../require.ts'
import { call, type DatabaseName, postgresSchema } from '../server.ts'

/** A data folder and an empty database that a server can be started on. */
export interface Place extends AsyncDisposable {
  data: string
  database: string
  /** Both as flags of the command line. */
  flags: string[]
}

export async function findPlace(name: DatabaseName): Promise<Place> {
  const data = mkdtempSync(join(tmpdir(), 'mamekey-backup-'))
  const rows = name === 'postgres' ? await postgresSchema() : { url: 'sqlite', drop: async () => {} }
  return {
    data,
    database: rows.url,
    flags: ['--data', data, '--database', rows.url, '--log', 'warn'],
    async [Symbol.asyncDispose]() {
      await rows.drop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** A folder for archives, gone at the end. */
export function folder(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'mamekey-backup-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** Runs the same tests on SQLite and, where there is one, on PostgreSQL. */
export function onEachDatabase(name: string, tests: (database: DatabaseName) => void): void {
  describe(`${name} on SQLite`, () => tests('sqlite'))
  describe(`${name} on PostgreSQL`, { skip: missing('postgres') }, () => tests('postgres'))
}

/** Makes an account on a running server: the first one, or with the token of the administrator. */
export async function makeAccount(origin: string, username: string, as: string | null = null) {
  const { status, body } = await call(origin, 'admin/accounts/create', { username, password: 'a secret' }, as)
  if (status !== 200) throw new Error(`No account: ${status} ${JSON.stringify(body)}`)
  return { id: body.id as string, token: body.token as string }
}
