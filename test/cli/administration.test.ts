import assert from 'node:assert/strict'
import { test } from 'node:test'
import { call } from '../server.ts'
import { dataFolder, mamekey, running } from './program.ts'

/** Waits until a token is refused: the command line has no line to the running server, which looks every five seconds. */
async function refused(origin: string, token: string): Promise<void> {
  const deadline = Date.now() + 8_000
  while ((await call(origin, 'i', {}, token)).status !== 401) assert.ok(Date.now() < deadline, 'it still works')
}

test('people and tokens are looked after beside a running server', async () => {
  using data = dataFolder()
  await using server = await running('start', ['--data', data.path, '--log', 'silent'])
  const run = (...args: string[]) => mamekey([...args, '--data', data.path])

  const first = await run('user', 'add', 'Owner')
  assert.equal(first.code, 0, first.err)
  const password = /password is (\S+)/.exec(first.out)?.[1]
  assert.match(first.out, /administers the server/)
  const signedIn = await call(server.origin, 'signin-flow', { username: 'owner', password }, null)
  assert.equal(signedIn.body.finished, true)

  const second = await mamekey(['user', 'add', 'bot', '--password-stdin', '--data', data.path], { input: 'a secret\n' })
  assert.equal(second.code, 0, second.err)
  assert.ok(!second.out.includes('a secret'), 'a password that was given is not printed')
  assert.equal(
    (await call(server.origin, 'signin-flow', { username: 'bot', password: 'a secret' }, null)).body.finished,
    true,
  )
  const again = await run('user', 'add', 'BOT')
  assert.equal(again.code, 1)
  assert.match(again.err, /Somebody has this name/)

  const listed = await run('user', 'list')
  assert.match(listed.out, /Owner .*administrator\n.*bot/)

  const issued = await run(
    'token',
    'issue',
    'bot',
    '--permission',
    'read:account,write:notes',
    '--label',
    'cron',
    '--days',
    '30',
  )
  const token = issued.out.trim()
  assert.match(token, /^[0-9A-Za-z]{32}$/)
  assert.equal((await call(server.origin, 'i', {}, token)).body.username, 'bot')
  const tokens = await run('token', 'list', 'bot')
  assert.match(tokens.out, /cron/)
  assert.match(tokens.out, /ends \d{4}-\d\d-\d\d/)
  assert.ok(!tokens.out.includes(token))
  const revoked = await run('token', 'revoke', 'bot', tokens.out.split(' ')[0]!)
  assert.equal(revoked.code, 0, revoked.err)
  await refused(server.origin, token)

  const suspended = await run('user', 'suspend', 'bot')
  assert.equal(suspended.code, 0, suspended.err)
  assert.equal((await call(server.origin, 'signin-flow', { username: 'bot', password: 'a secret' }, null)).status, 403)
  await run('user', 'unsuspend', 'bot')
  const reset = await run('user', 'reset-password', 'bot')
  assert.match(reset.out, /signed out everywhere/)
  assert.equal((await call(server.origin, 'signin-flow', { username: 'bot', password: 'a secret' }, null)).status, 403)
})

test('wrong commands and settings are explained', async () => {
  using data = dataFolder()
  const cases: [args: string[], env: Record<string, string>, says: RegExp][] = [
    [['strat'], {}, /no command “strat”/],
    [['user', 'ad', 'x', '--data', data.path], {}, /There is nobody called x/],
    [['token', 'issue', 'x'], {}, /nobody called x/],
    [['start', '--prot', '1'], {}, /--prot is not a setting; did you mean --port\?/],
    [['start', '--port', 'many'], {}, /--port must be a port number/],
    [['start', 'now'], {}, /settings only/],
    [['start'], { MAMEKEY_PROT: '1' }, /MAMEKEY_PROT is not a setting; did you mean MAMEKEY_PORT\?/],
    [['start'], { MAMEKEY_RATE_LIMITS: 'maybe' }, /MAMEKEY_RATE_LIMITS must be on or off/],
    [['start', '--tls-cert', 'x'], {}, /belong together/],
    [['start', '--url', 'https://x.example/path'], {}, /must be an origin/],
  ]
  for (const [args, env, says] of cases) {
    const { code, err } = await mamekey(args, { env: { MAMEKEY_DATA: data.path, ...env } })
    assert.notEqual(code, 0, args.join(' '))
    assert.match(err, says)
    assert.ok(!err.includes('    at '), `no stack trace for ${args.join(' ')}`)
  }
})

test('help names every command and setting', async () => {
  const { code, out } = await mamekey(['help'])
  assert.equal(code, 0)
  for (const word of ['start', 'dev', 'user', 'token', 'openapi', 'test', 'check', '--port', '--data', '--database']) {
    assert.ok(out.includes(word), word)
  }
})

test('the API document can be printed', async () => {
  const { code, out } = await mamekey(['openapi', '--url', 'https://social.example'])
  assert.equal(code, 0)
  const document = JSON.parse(out)
  assert.equal(document.openapi, '3.1.0')
  assert.ok(document.paths['/notes/create'])
})

test('dev is a server with people, printed tokens and a way back to the start', async () => {
  await using server = await running('dev', ['--log', 'silent'])
  const [, own, app] = await server.said(/^ {2}alice +(\S+) +(\S+)$/m)
  assert.equal((await call(server.origin, 'i', {}, own!)).body.username, 'alice')
  assert.equal((await call(server.origin, 'notes/create', { text: 'hello' }, app!)).status, 200)
  assert.equal((await call(server.origin, 'notes/local-timeline', {}, null)).body.length, 1)
  assert.equal((await call(server.origin, 'reset-db', {}, null)).status, 204)
  assert.equal((await call(server.origin, 'notes/local-timeline', {}, null)).body.length, 0)
  assert.equal((await call(server.origin, 'i', {}, own!)).status, 200)
})

test('the printed link makes the administrator, once', async () => {
  using data = dataFolder()
  await using server = await running('start', ['--data', data.path, '--log', 'silent'])
  const [link] = await server.said(/http\S+\/setup\/\S+/)
  assert.equal((await fetch(link)).status, 200)
  assert.equal((await fetch(`${link}x`)).status, 410)
  const form = new URLSearchParams({ username: 'owner', password: 'a long secret' })
  const post = (headers: Record<string, string>) =>
    fetch(link, { method: 'POST', body: form, redirect: 'manual', headers })
  assert.equal((await post({ origin: 'https://evil.example' })).status, 403)
  const made = await post({ origin: server.origin })
  assert.equal(made.status, 303)
  const cookie = made.headers.get('set-cookie')!
  assert.match(cookie, /HttpOnly; SameSite=Lax/)
  assert.equal((await post({ origin: server.origin })).status, 410)
  const token = /=(\w{16});/.exec(cookie)![1]!
  assert.equal((await call(server.origin, 'i', {}, token)).body.isAdmin, true)
})
