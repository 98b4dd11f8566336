import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answer, onEachDatabase, readAnswer } from '../../server.ts'
import {
  ask,
  authorizeUrl,
  codeFor,
  decide,
  exchange,
  exchangeOf,
  local,
  locationOf,
  open,
  press,
  sentTo,
  testClient,
  tokenFor,
} from './client.ts'

function assertRefused(answer: Answer, error = 'invalid_grant'): void {
  assert.deepEqual([answer.status, answer.body.error], [400, error], JSON.stringify(answer.body))
  assert.match(answer.body.error_description, /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.equal(answer.headers.get('pragma'), 'no-cache')
  assert.equal(answer.headers.get('access-control-allow-origin'), '*')
}

onEachDatabase('RFC 6749: exchange of a code', (start) => {
  for (const as of ['form', 'json'] as const) {
    test(`5.1: a code becomes a token that works, sent as ${as}`, async () => {
      await using server = await start(local)
      await using client = await testClient()
      const code = await codeFor(server, client, server.bob)
      const answer = await exchange(server, { ...exchangeOf(client, code), client_secret: '', audience: 'x' }, as)
      assert.equal(answer.status, 200)
      const { access_token: token, ...rest } = answer.body
      assert.deepEqual(rest, { token_type: 'Bearer', scope: 'read:account write:notes' })
      assert.match(token, /^[0-9A-Za-z]{128}$/)
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      assert.equal(answer.headers.get('pragma'), 'no-cache')
      assert.equal(answer.headers.get('access-control-allow-origin'), '*')
      assert.equal((await server.call('i', {}, token)).body.username, 'bob')
      assert.equal((await server.call('notes/create', { text: 'by OAuth' }, token)).status, 200)
      assert.equal((await server.call('following/create', { userId: server.carol.id }, token)).status, 403)
    })
  }

  test('3.2: only by POST, and browsers of other sites may', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const code = await codeFor(server, client, server.bob)
    const query = new URLSearchParams(exchangeOf(client, code))
    assert.equal((await fetch(`${server.origin}/oauth/token?${query}`)).status, 404)
    const preflight = await fetch(`${server.origin}/oauth/token`, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-headers': 'content-type' },
    })
    assert.equal(preflight.status, 204)
    assert.equal(preflight.headers.get('access-control-allow-origin'), '*')
    assert.equal(preflight.headers.get('access-control-allow-headers'), 'content-type')
    // 2.3.1: what is in the address is not read, and nothing is used up by it.
    assertRefused(
      await readAnswer(await fetch(`${server.origin}/oauth/token?${query}`, { method: 'POST' })),
      'invalid_request',
    )
    assert.equal((await exchange(server, exchangeOf(client, code))).status, 200)
  })

  test('5.2: grant types and codes that are missing or unknown', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const good = exchangeOf(client, 'never-issued')
    assertRefused(await exchange(server, good))
    assertRefused(await exchange(server, { ...good, code: '' }))
    const { code: _, ...without } = good
    assertRefused(await exchange(server, without))
    assertRefused(await exchange(server, { ...good, grant_type: '' }), 'invalid_request')
    for (const type of ['password', 'refresh_token', 'client_credentials', 'Authorization_Code']) {
      assertRefused(await exchange(server, { ...good, grant_type: type }), 'unsupported_grant_type')
    }
  })

  test('5.2: bodies of any kind are refused, never a failure of the server', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const good = exchangeOf(client, 'x')
    for (const name of Object.keys(good)) {
      for (const value of [1, true, ['x'], { x: 1 }, 'x'.repeat(100_000)]) {
        const answer = await exchange(server, { ...good, [name]: value }, 'json')
        assertRefused(answer, 'invalid_request')
        assert.ok(answer.body.error_description.startsWith(name), 'a developer is told which it is')
      }
    }
    const send = async (type: string | null, body: string) =>
      readAnswer(
        await fetch(`${server.origin}/oauth/token`, {
          method: 'POST',
          headers: type === null ? {} : { 'content-type': type },
          body: Buffer.from(body),
        }),
      )
    for (const body of ['[]', 'null', '1', '"x"', '{', '{"__proto__": 1}', '\u0000']) {
      assertRefused(await send('application/json', body), 'invalid_request')
    }
    for (const [type, body] of [
      ['text/plain', 'x'],
      ['multipart/form-data', 'x'],
      ['image/png', 'x'],
      [null, 'x'],
    ] as const) {
      const answer = await send(type, body)
      assert.ok(answer.status === 400 || answer.status === 415, `${type}: ${answer.status}`)
      assert.equal(answer.body.error, 'invalid_request')
    }
    const large = await send('application/x-www-form-urlencoded', `code=${'x'.repeat(2_000_000)}`)
    assert.deepEqual([large.status, large.body.error], [413, 'invalid_request'])
  })

  const wrong: Record<string, (good: Record<string, string>) => Record<string, string>> = {
    'another client': (good) => ({ ...good, client_id: 'https://other.example/' }),
    'no client': ({ client_id: _, ...good }) => good,
    'another address': (good) => ({ ...good, redirect_uri: `${good['redirect_uri']}2` }),
    'no address': ({ redirect_uri: _, ...good }) => good,
    'no verifier': ({ code_verifier: _, ...good }) => good,
    'another verifier': (good) => ({ ...good, code_verifier: `${good['code_verifier']}x` }),
  }
  for (const [what, spoil] of Object.entries(wrong)) {
    test(`4.1.3: ${what} is refused, and the code is used up`, async () => {
      await using server = await start(local)
      await using client = await testClient()
      client.say('<link rel=redirect_uri href=/callback><link rel=redirect_uri href=/callback2>')
      const good = exchangeOf(client, await codeFor(server, client, server.bob))
      assertRefused(await exchange(server, spoil(good)))
      assertRefused(await exchange(server, good))
      assert.deepEqual((await server.call('i/apps', {}, server.bob)).body.filter(isFrom(client.id)), [])
    })
  }

  test('4.1.2: a code used twice ends what came of it', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const good = exchangeOf(client, await codeFor(server, client, server.bob))
    const token = (await exchange(server, good)).body.access_token
    assert.equal((await server.call('i', {}, token)).status, 200)
    const other = await tokenFor(server, client, server.bob)
    assertRefused(await exchange(server, good))
    assert.equal((await server.call('i', {}, token)).status, 401)
    assert.equal((await server.call('i', {}, other)).status, 200, 'what was allowed another time stays')
  })

  test('4.1.2: of twenty exchanges at once at most one is answered, and its token is dead', async () => {
    await using server = await start(local)
    await using client = await testClient()
    for (let round = 0; round < 3; round++) {
      const good = exchangeOf(client, await codeFor(server, client, server.bob))
      const answers = await Promise.all(Array.from({ length: 20 }, () => exchange(server, good)))
      const tokens = answers.filter(({ status }) => status === 200).map(({ body }) => body.access_token)
      assert.ok(tokens.length <= 1, `${tokens.length} tokens`)
      for (const token of tokens) assert.equal((await server.call('i', {}, token)).status, 401)
      for (const answer of answers.filter(({ status }) => status !== 200)) assertRefused(answer)
    }
  })

  test('4.1.2: a code ends after five minutes', async (t) => {
    await using server = await start(local)
    await using client = await testClient()
    const early = exchangeOf(client, await codeFor(server, client, server.bob))
    const late = exchangeOf(client, await codeFor(server, client, server.bob))
    const now = Date.now()
    t.mock.timers.enable({ apis: ['Date'], now: now + 4.9 * 60_000 })
    assert.equal((await exchange(server, early)).status, 200)
    t.mock.timers.setTime(now + 5.1 * 60_000)
    assertRefused(await exchange(server, late))
  })

  test('5.1: a token that ends says so, and ends', async (t) => {
    await using server = await start(local)
    await using client = await testClient()
    const page = await open(authorizeUrl(server, client), server.alice)
    const location = sentTo(await press(server, page, server.alice, 'allow', { expires: '1d' }))
    const { body } = await exchange(server, exchangeOf(client, location.searchParams.get('code')!))
    assert.ok(body.expires_in > 86_300 && body.expires_in <= 86_400, String(body.expires_in))
    assert.equal((await server.call('i', {}, body.access_token)).status, 200)
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 86_401_000 })
    assert.equal((await server.call('i', {}, body.access_token)).status, 401)
  })

  test('3.3: the scope of the answer is what the person left ticked', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const page = await open(authorizeUrl(server, client), server.alice)
    const location = sentTo(
      await press(server, page, server.alice, 'allow', { permissions: ['write:notes', 'write:drive'] }),
    )
    const { body } = await exchange(server, exchangeOf(client, location.searchParams.get('code')!))
    assert.equal(body.scope, 'write:notes')
    assert.equal((await server.call('i', {}, body.access_token)).status, 403)
  })

  test('10.3: nothing that works as a token, code or transaction is in the database', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const asked = await ask(server, client, { state: 'state-in-the-clear' }, server.alice)
    const code = await codeFor(server, client, server.bob)
    const token = await tokenFor(server, client, server.bob)
    const rows = await Promise.all(
      (['grant', 'accessToken', 'authorizationCode', 'consent'] as const).map((table) =>
        server.ctx.db.selectFrom(table).selectAll().execute(),
      ),
    )
    const kept = JSON.stringify(rows)
    for (const secret of [code, token, client.verifier, 'state-in-the-clear']) assert.ok(!kept.includes(secret))
    assert.ok(kept.includes(asked), 'an open question is found by its id, which alone allows nothing')
    const logged = server.logged()
    for (const secret of [code, token, client.verifier, server.bob.token, 'state-in-the-clear', asked]) {
      assert.ok(!logged.includes(secret))
    }
  })

  test('the client’s name and picture stay with what was allowed', async () => {
    await using server = await start(local)
    await using client = await testClient()
    client.say(`<link rel=redirect_uri href=/callback><div class=h-app><a href=/ class="u-url p-name">Weather Map</a>
      <img class=u-logo src=/logo.png></div>`)
    await tokenFor(server, client, server.bob)
    const [app] = (await server.call('i/apps', { sort: '+createdAt' }, server.bob)).body
    assert.deepEqual([app.name, app.iconUrl], ['Weather Map', `${client.id}/logo.png`])
    client.say('<link rel=redirect_uri href=/callback>')
    await tokenFor(server, client, server.bob)
    const [nameless] = (await server.call('i/apps', { sort: '+createdAt' }, server.bob)).body
    assert.equal(nameless.name, `${client.id}/`)
  })

  test('whoever is suspended gets no code, and no token for one', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const code = await codeFor(server, client, server.bob)
    const asked = await ask(server, client)
    const suspend = (isSuspended: boolean) =>
      server.ctx.transact(async (tx) => {
        await tx.updateTable('user').set({ isSuspended }).where('id', '=', server.bob.id).execute()
        server.ctx.bus.publish({ type: 'user', id: server.bob.id })
      })
    await suspend(true)
    assertRefused(await exchange(server, exchangeOf(client, code)))
    const location = locationOf(await decide(server, { transaction_id: asked, login_token: server.bob.token }))
    assert.deepEqual([location.searchParams.get('error'), location.searchParams.has('code')], ['access_denied', false])
    await suspend(false)
    assertRefused(await exchange(server, exchangeOf(client, code)))
  })

  test('another process can answer: nothing of it is in memory only', async () => {
    await using server = await start(local)
    // One process has an SQLite database, and two in this one would wait for each other.
    if (server.dialect === 'sqlite') return
    await using client = await testClient()
    const { open: openAgain } = await import('../../../src/server.ts')
    const { decideOAuth } = await import('../../../src/access/oauth/code.ts')
    const { exchangeCode } = await import('../../../src/access/oauth/token.ts')
    const { principalOf } = await import('../../../src/access/principal.ts')
    const other = await openAgain(server.ctx.config)
    try {
      const id = await ask(server, client)
      const bob = await principalOf(other.ctx, server.bob.token)
      const decision = { allow: true, permissions: ['read:account'], expiresAt: null } as const
      const outcome = await decideOAuth(other.ctx, bob, id, decision)
      assert.ok(typeof outcome !== 'string')
      const code = new URL(outcome.sendTo!).searchParams.get('code')!
      const { body } = await exchange(server, exchangeOf(client, code))
      assert.equal((await server.call('i', {}, body.access_token)).body.username, 'bob')
      const again = await exchangeCode(other.ctx, exchangeOf(client, code))
      assert.ok('error' in again)
      // What a bus between the two would tell.
      server.ctx.bus.publish({ type: 'gap' })
      assert.equal((await server.call('i', {}, body.access_token)).status, 401)
    } finally {
      await other.close()
    }
  })
})

const isFrom = (clientId: string) => (app: { name?: string }) => app.name?.startsWith(clientId)
