import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { describe } from 'node:test'
import pg from 'pg'
import { people, SEED_PASSWORD, seed } from '../src/cli/seed.ts'
import { readConfig } from '../src/config/config.ts'
import type { Egress } from '../src/lib/egress.ts'
import { createLog } from '../src/lib/log.ts'
import { type Server, start } from '../src/server.ts'
import { available } from './require.ts'
import { checkAnswer } from './schema.ts'

export type DatabaseName = 'sqlite' | 'postgres'

export interface Person {
  id: string
  username: string
  /** Their native token. */
  token: string
  /** An app's token with every permission of a person. */
  appToken: string
}

export interface Answer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  body: any
}

/** A real server in this process, on a database of its own, with admin, alice, bob and carol in it. */
export interface TestServer extends AsyncDisposable {
  server: Server
  dialect: DatabaseName
  ctx: Server['ctx']
  origin: string
  data: string
  admin: Person
  alice: Person
  bob: Person
  carol: Person
  /** Calls an endpoint as a client would; `as` is a token. */
  call(path: string, params?: unknown, as?: string | Person | null): Promise<Answer>
  /** Every log line so far. */
  logged(): string
}

export interface TestOptions {
  /** Settings by flag name. */
  settings?: Record<string, string>
  /** Without people, as on a first start. */
  empty?: boolean
  /** The way out, in place of the real one. */
  egress?: Egress
}

/** Runs the same tests on SQLite and, where there is one, on PostgreSQL. */
export function onEachDatabase(
  name: string,
  tests: (open: (options?: TestOptions) => Promise<TestServer>) => void,
): void {
  describe(`${name} on SQLite`, () => tests((options) => testServer('sqlite', options)))
  const skip = available('postgres') ? false : 'needs MAMEKEY_TEST_POSTGRES'
  describe(`${name} on PostgreSQL`, { skip }, () => tests((options) => testServer('postgres', options)))
}

/** Starts a server for one test. Use `await using`. */
export async function testServer(database: DatabaseName = 'sqlite', options: TestOptions = {}): Promise<TestServer> {
  const data = mkdtempSync(join(tmpdir(), 'mamekey-test-'))
  const rows = database === 'postgres' ? await postgresSchema() : { url: 'sqlite', drop: async () => {} }
  const lines: string[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const log = createLog('trace', sink)
  const settings = { port: '0', data, 'rate-limits': 'off', 'allow-reset': 'on', ...options.settings }
  const config = readConfig({ ...settings, database: rows.url }, {})
  const server = await start(config, {
    log,
    ...(!options.empty && { seed }),
    ...(options.egress && { egress: options.egress }),
  })
  const { rows: ids } = await idsOf(server)
  const personOf = (username: string): Person => {
    const { token, appToken } = people.find((one) => one.username === username)!
    return { id: ids.get(username) ?? '', username, token, appToken }
  }
  return {
    server,
    dialect: database,
    ctx: server.ctx,
    origin: server.origin,
    data,
    admin: personOf('admin'),
    alice: personOf('alice'),
    bob: personOf('bob'),
    carol: personOf('carol'),
    call: (path, params = {}, as = null) => call(server.origin, path, params, as),
    logged: () => lines.join(''),
    async [Symbol.asyncDispose]() {
      await server.stop()
      await rows.drop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

export { SEED_PASSWORD }

/** Posts to an endpoint with the token in the body, and reads whatever comes; it must be what the endpoint declares. */
export async function call(origin: string, path: string, params: unknown, as: string | Person | null): Promise<Answer> {
  const i = typeof as === 'object' && as !== null ? as.token : as
  const response = await fetch(`${origin}/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(i === null ? params : { ...(params as object), i }),
  })
  const answer = await readAnswer(response)
  checkAnswer(path, answer.status, answer.body)
  return answer
}

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text }
}

async function idsOf(server: Server): Promise<{ rows: Map<string, string> }> {
  const rows = await server.ctx.db.selectFrom('user').select(['id', 'username']).execute()
  return { rows: new Map(rows.map(({ id, username }) => [username, id])) }
}

/** A schema of its own in the test database, so that servers do not see one another. */
export async function postgresSchema(): Promise<{ url: string; drop(): Promise<void> }> {
  const base = available('postgres')
  if (!base) throw new Error('This test needs PostgreSQL: set MAMEKEY_TEST_POSTGRES to its URL')
  const name = `mamekey_test_${process.pid}_${Math.random().toString(36).slice(2)}`
  await runOn(base, `create schema ${name}`)
  const url = new URL(base)
  url.searchParams.set('options', `-c search_path=${name}`)
  return { url: url.href, drop: () => runOn(base, `set client_min_messages = error; drop schema ${name} cascade`) }
}

async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
