import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase } from '../../server.ts'
import {
  assertDirect,
  authorizeUrl,
  codeFor,
  exchange,
  exchangeOf,
  local,
  locationOf,
  open,
  testClient,
} from './client.ts'

onEachDatabase('RFC 9700: security', (start) => {
  test('2.1: redirect addresses are compared letter by letter', async () => {
    await using server = await start(local)
    await using client = await testClient('<link rel=redirect_uri href="https://app.example/cb?x=1">')
    const right = 'https://app.example/cb?x=1'
    assert.equal((await open(authorizeUrl(server, client, { redirect_uri: right }))).status, 200)
    for (const uri of [
      'https://app.example/cb',
      'https://app.example/cb/?x=1',
      'https://app.example/cb?x=1&y=2',
      'https://app.example/cb?x=1#',
      'https://app.example/%63b?x=1',
      'https://app.example/a/../cb?x=1',
      'https://app.example/%2e/cb?x=1',
      'https://APP.example/cb?x=1',
      'https://app.example:443/cb?x=1',
      'https://app.example:444/cb?x=1',
      'https://user@app.example/cb?x=1',
      'https://app.example.evil.example/cb?x=1',
      'https://app.example@evil.example/cb?x=1',
      'https://evil.example\\@app.example/cb?x=1',
      'http://app.example/cb?x=1',
      `${right} `,
      `${right}\r\nSet-Cookie: a=b`,
    ]) {
      assertDirect(await open(authorizeUrl(server, client, { redirect_uri: uri })), 'invalid_request')
    }
  })

  test('2.1.1, RFC 8252 section 8.1: an app of the device needs PKCE like every other', async () => {
    await using server = await start(local)
    await using client = await testClient('<link rel=redirect_uri href="com.example.app:/cb">')
    const url = authorizeUrl(server, client, { redirect_uri: 'com.example.app:/cb', code_challenge: null })
    const location = locationOf(await open(url))
    assert.equal(location.protocol, 'com.example.app:')
    assert.equal(location.searchParams.get('error'), 'invalid_request')
  })

  test('4.12: nobody is ever sent on by a redirect that keeps the form', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const { ask, decide } = await import('./client.ts')
    const id = await ask(server, client)
    assert.equal((await decide(server, { transaction_id: id, login_token: server.alice.token })).status, 302)
  })

  test('4.9.3: an open question tells its reader nothing of the request', async () => {
    await using server = await start(local)
    await using client = await testClient()
    await open(authorizeUrl(server, client, { state: 'a secret state' }))
    const [row] = await server.ctx.db.selectFrom('consent').selectAll().execute()
    assert.ok(row && row.userId === null)
    assert.doesNotMatch(row.request, /state|127\.0\.0\.1/)
    await server.call('reset-db')
    assert.deepEqual(await server.ctx.db.selectFrom('consent').selectAll().execute(), [])
  })

  test('who asks too often is told to wait, in a way clients can read', async () => {
    await using server = await start({ settings: { ...local.settings, 'rate-limits': 'on' } })
    await using client = await testClient()
    const ask = () => open(authorizeUrl(server, client, { client_id: 'https://[' }))
    const answers = await Promise.all(Array.from({ length: 61 }, ask))
    const refused = answers.filter(({ status }) => status === 429)
    assert.equal(refused.length, 1)
    assertDirect(refused[0]!, 'temporarily_unavailable', 429)
    assert.ok(Number(refused[0]!.headers.get('retry-after')) > 0)
    const tries = await Promise.all(Array.from({ length: 301 }, () => exchange(server, exchangeOf(client, 'guess'))))
    const late = tries.filter(({ status }) => status === 429)
    assert.equal(late.length, 1)
    assert.equal(late[0]!.headers.get('access-control-allow-origin'), '*')
    assert.ok(Number(late[0]!.headers.get('retry-after')) > 0)
  })

  test('RFC 6749 section 5.2: a client that sends a password is as public as any other', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const code = await codeFor(server, client, server.bob)
    const response = await fetch(`${server.origin}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('someone:secret')}` },
      body: new URLSearchParams(exchangeOf(client, code)),
    })
    assert.equal(response.status, 200)
  })
})
