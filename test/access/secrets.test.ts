import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { isSetupCode, newSetupLink } from '../../src/access/setup.ts'
import type { Ctx } from '../../src/context.ts'
import { onEachDatabase, type TestServer } from '../server.ts'

const PASSWORD = 'correct horse battery staple'

type Secrets = Record<string, string>

/** Goes every way by which someone comes to hold a secret; all of them by what they are. */
async function collect(server: TestServer): Promise<Secrets> {
  const { ctx, origin, call } = server
  const setupCode = (await newSetupLink(ctx)).split('/').at(-1)!
  assert.ok(await isSetupCode(ctx, setupCode))
  assert.equal((await fetch(`${origin}/setup/${setupCode}`)).status, 200)
  const root = (await call('admin/accounts/create', { username: 'root', password: PASSWORD })).body
  const signedIn = (await call('signin-flow', { username: 'root', password: PASSWORD })).body
  const generate = { name: 'an app', permission: ['read:account', 'write:notes'] }
  const byHand = (await call('miauth/gen-token', { ...generate, session: null }, root.token)).body
  const claimedSession = randomUUID()
  const forSession = (await call('miauth/gen-token', { ...generate, session: claimedSession }, root.token)).body
  const checked = (await call(`miauth/${claimedSession}/check`)).body
  const unclaimedSession = randomUUID()
  const unclaimed = (await call('miauth/gen-token', { ...generate, session: unclaimedSession }, root.token)).body
  const usedCode = (await call('invite/create', {}, root.token)).body.code
  const unusedCode = (await call('invite/create', {}, root.token)).body.code
  const guestPassword = 'another secret of a guest'
  const guest = await call('signup', { username: 'guest', password: guestPassword, invitationCode: usedCode })
  assert.equal(guest.status, 200)

  // An application asks on a page, and is not answered yet.
  const askedSession = randomUUID()
  const headers = { cookie: `mamekey=${signedIn.i}`, origin, 'sec-fetch-site': 'same-origin' }
  const page = await fetch(`${origin}/miauth/${askedSession}?permission=read:account&callback=https://app.example/`, {
    headers,
  })
  assert.equal(page.status, 200)
  assert.equal((await ctx.db.selectFrom('consent').select('id').execute()).length, 1)

  const found = {
    ...{ setupCode, PASSWORD, guestPassword, usedCode, unusedCode, claimedSession, unclaimedSession, askedSession },
    ...{ rootToken: root.token, signedInToken: signedIn.i, guestToken: guest.body.token },
    ...{ tokenByHand: byHand.token, tokenForSession: forSession.token, checkedToken: checked.token },
    unclaimedToken: unclaimed.token,
  }
  for (const [name, secret] of Object.entries(found)) assert.ok(secret?.length >= 12, name)
  for (const token of [found.tokenByHand, found.tokenForSession, found.checkedToken, found.unclaimedToken]) {
    assert.equal((await call('i', {}, token)).status, 200)
  }
  return found
}

/** Shows a secret to the server in every place where one might be written down by mistake. */
async function expose(origin: string, secret: string): Promise<void> {
  const at = encodeURIComponent(secret)
  const json = { 'content-type': 'application/json' }
  const post = (path: string, body: string, headers: Record<string, string> = json) =>
    fetch(`${origin}${path}`, { method: 'POST', body, headers, redirect: 'manual' })
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${origin}${path}`, { headers, redirect: 'manual' })
  const answers = await Promise.all([
    ...['/api/i', '/api/meta', '/api/emojis', '/healthz', '/', '/nowhere'].map((path) =>
      get(`${path}?i=${at}&token=${at}`),
    ),
    ...[`/${at}`, `/api/${at}`, `/api/notes/${at}/show`, `/miauth/${at}`, `/auth/${at}`, `/setup/${at}`].map((path) =>
      get(path),
    ),
    ...[`/miauth/%zz${at}`, `/miauth/${at}?callback=https://app.example/?${at}`, `/api/miauth/${at}/check`].map(
      (path) => get(path),
    ),
    post('/api/i', `{"i":"${secret}"`),
    post('/api/i', `{"i":"${secret}\0"}`),
    post('/api/i', JSON.stringify({ i: [secret] })),
    post('/api/i', JSON.stringify({ i: secret })),
    post('/api/notes/create', JSON.stringify({ i: secret, text: 1, [secret]: secret })),
    post('/api/i', secret, { 'content-type': 'text/plain' }),
    post('/api/i', secret, { 'content-type': `application/${secret.replaceAll(/\W/g, '')}` }),
    post('/api/i', `{"i":"${secret}","text":"${'x'.repeat(1_100_000)}"}`),
    post('/api/signin-flow', JSON.stringify({ username: secret, password: secret })),
    post(
      '/api/signup',
      JSON.stringify({ username: 'x', password: secret, invitationCode: secret, setupPassword: secret }),
    ),
    post(`/api/miauth/${at}0/check`, secret, { 'content-type': 'text/plain' }),
    get('/api/i', { authorization: `Bearer ${secret}` }),
    post('/api/i', '{}', { ...json, authorization: `Bearer ${secret}` }),
    post('/api/i', '{}', { ...json, authorization: `Basic ${btoa(`x:${secret}`)}` }),
    post('/api/i', '{}', { ...json, cookie: `mamekey=${secret}`, origin }),
    post('/api/i', '{}', { ...json, 'x-forwarded-for': secret.replaceAll(' ', '') }),
  ])
  for (const answer of answers) await answer.arrayBuffer()
}

/** The forms in which a secret could be found. */
const formsOf = (secret: string): string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('hex'),
]

function assertNowhere(place: string, text: string, secrets: Secrets): void {
  const found = Object.keys(secrets).filter((name) => formsOf(secrets[name]!).some((form) => text.includes(form)))
  assert.deepEqual(found, [], `in ${place}`)
}

/** Every row of every table, whatever it is called, as text. */
async function dump({ db, config }: Ctx): Promise<string> {
  const tables = await (config.database === 'sqlite'
    ? sql<{ name: string }>`select "name" from "sqlite_master" where "type" = 'table'`
    : sql<{ name: string }>`select "tablename" as "name" from "pg_tables" where "schemaname" = current_schema()`
  ).execute(db)
  const rows = await Promise.all(tables.rows.map(({ name }) => sql`select * from ${sql.table(name)}`.execute(db)))
  return JSON.stringify(rows.map((table) => table.rows))
}

/**
 * The bytes of every file of a folder, as latin1. Read by another process: were this one to open and close the database's
 * files, the system would take the locks away from the connections it has on them.
 */
function bytesOf(folder: string): string {
  const program = `
    const { globSync, readFileSync, statSync } = require('node:fs')
    for (const file of globSync(process.argv[1] + '/**')) {
      if (statSync(file).isFile()) process.stdout.write(readFileSync(file).toString('base64') + '\\n')
    }`
  const { stdout, status } = spawnSync(process.execPath, ['-e', program, folder], {
    maxBuffer: 1e9,
    encoding: 'latin1',
  })
  assert.equal(status, 0)
  return stdout
    .split('\n')
    .map((file) => Buffer.from(file, 'base64').toString('latin1'))
    .join('\n')
}

/** Takes tables away by giving them other names, or gives them back. */
const rename = (ctx: Ctx, names: (table: string) => [string, string]) =>
  ctx.transact(async (tx) => {
    for (const table of ['session', 'accessToken', 'account', 'grant', 'setting', 'invitation']) {
      const [from, to] = names(table)
      await sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(tx)
    }
  })

onEachDatabase('A token, a session, a code or a password', (open) => {
  test('is found neither in the rows, nor in the data folder, nor in the log', { timeout: 60_000 }, async () => {
    await using server = await open({ empty: true, settings: { registration: 'invite' } })
    const { ctx, origin } = server
    const secrets = await collect(server)
    // Something that is kept, to see that the search finds what is there.
    const known = 'a note that is kept'
    assert.equal((await server.call('notes/create', { text: known }, secrets['rootToken'])).status, 200)
    for (const secret of Object.values(secrets)) await expose(origin, secret)

    const rows = await dump(ctx)
    const bytes = bytesOf(server.data)
    assert.ok(rows.includes(known))
    if (ctx.config.database === 'sqlite') assert.ok(bytes.includes(known))
    assertNowhere('the rows', rows, secrets)
    assertNowhere('the data folder', bytes, secrets)
    assertNowhere('the log', server.logged(), secrets)

    // Faults of the server are logged with more than requests are.
    await rename(ctx, (table) => [table, `${table} elsewhere`])
    const { status } = await server.call('i', {}, secrets['rootToken'])
    for (const secret of Object.values(secrets)) await expose(origin, secret)
    // Or the server could not be stopped in order.
    await rename(ctx, (table) => [`${table} elsewhere`, table])
    assert.equal(status, 500)
    assert.match(server.logged(), /A request failed/)
    assertNowhere('the log of a broken server', server.logged(), secrets)
    assertNowhere('the rows of a broken server', await dump(ctx), secrets)
    assertNowhere('the data folder of a broken server', bytesOf(server.data), secrets)
  })
})
