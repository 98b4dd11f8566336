import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase, type TestServer } from '../../server.ts'
import {
  ask,
  assertDirect,
  authorizeUrl,
  decide,
  exchange,
  exchangeOf,
  local,
  locationOf,
  metasOf,
  open,
  press,
  sentTo,
  testClient,
} from './client.ts'

/** Where the person is sent, by the form of programs. */
const allow = (server: TestServer, id: string) =>
  decide(server, { transaction_id: id, login_token: server.alice.token })

onEachDatabase('The decision of a person', (start) => {
  test('the page tells programs what is asked, whoever is signed in', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const out = await open(authorizeUrl(server, client))
    assert.equal(out.status, 200)
    assert.match(out.body, /action="\/sign-in"/)
    const next = /name="next" value="([^"]+)"/.exec(out.body)?.[1]?.replaceAll('&amp;', '&')
    assert.deepEqual(
      [...new URL(next!, server.origin).searchParams],
      [...new URL(authorizeUrl(server, client)).searchParams],
    )
    const signedIn = await open(authorizeUrl(server, client), server.alice)
    assert.match(signedIn.body, /action="\/consent"/)
    for (const page of [out, signedIn]) {
      const { 'transaction-id': id, ...rest } = metasOf(page)
      assert.ok(id && id.length >= 27)
      assert.deepEqual(rest, { 'client-name': 'Weather Map', scope: 'read:account write:notes' })
    }
  })

  test('our own page: allowed, refused, nothing left ticked', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const show = () => open(authorizeUrl(server, client), server.alice)
    const allowed = sentTo(await press(server, await show(), server.alice, 'allow'))
    assert.equal(allowed.searchParams.get('state'), 'the state')
    const { status } = await exchange(server, exchangeOf(client, allowed.searchParams.get('code')!))
    assert.equal(status, 200)
    for (const page of [
      await press(server, await show(), server.alice, 'refuse'),
      await press(server, await show(), server.alice, 'allow', { permissions: [] }),
    ]) {
      assert.equal(sentTo(page).searchParams.get('error'), 'access_denied')
      assert.equal(sentTo(page).searchParams.has('code'), false)
    }
  })

  test('a question is answered once, however many answers come at once', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const id = await ask(server, client)
    const answers = await Promise.all(Array.from({ length: 20 }, () => allow(server, id)))
    assert.equal(answers.filter(({ status }) => status === 302).length, 1)
    for (const answer of answers.filter(({ status }) => status !== 302)) assertDirect(answer, 'access_denied', 403)
  })

  test('without a transaction, or with one nobody knows', async () => {
    await using server = await start(local)
    assertDirect(await decide(server, { login_token: server.alice.token }), 'invalid_request')
    assertDirect(await decide(server, { transaction_id: '', cancel: 'x' }), 'invalid_request')
    assertDirect(await allow(server, 'unknown'), 'access_denied', 403)
    assertDirect(await decide(server, { transaction_id: 'unknown', cancel: 'x' }), 'access_denied', 403)
  })

  test('an application’s token, a wrong one, or none allows nothing, and the question is gone', async () => {
    await using server = await start(local)
    await using client = await testClient()
    for (const token of [server.alice.appToken, 'x'.repeat(16), '']) {
      const id = await ask(server, client)
      assertDirect(await decide(server, { transaction_id: id, login_token: token }), 'invalid_request')
      assertDirect(await allow(server, id), 'access_denied', 403)
    }
  })

  test('a question put to one person is not answered by another', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const id = await ask(server, client, {}, server.bob)
    assertDirect(await allow(server, id), 'access_denied', 403)
    const answer = await decide(server, { transaction_id: id, login_token: server.bob.token })
    assert.equal(locationOf(answer).searchParams.has('code'), true)
    const page = await open(authorizeUrl(server, client), server.bob)
    const stolen = { ...page, body: String(page.body).replaceAll(/name="csrf" value="[^"]*"/g, '') }
    assert.equal((await press(server, stolen, server.bob, 'allow')).status, 403)
  })

  test('other sites cannot answer for someone signed in, and nothing is used up by their trying', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const page = await open(authorizeUrl(server, client), server.alice)
    const request = /name="request" value="([^"]*)"/.exec(page.body)![1]!
    const forged = await fetch(`${server.origin}/consent`, {
      method: 'POST',
      headers: {
        origin: 'https://evil.example',
        cookie: `mamekey=${server.alice.token}`,
        'sec-fetch-site': 'cross-site',
      },
      body: new URLSearchParams({ request, decision: 'allow', permission: 'write:notes' }),
    })
    assert.equal(forged.status, 403)
    const viaForm = await fetch(`${server.origin}/oauth/decision`, {
      method: 'POST',
      headers: { cookie: `mamekey=${server.alice.token}` },
      body: new URLSearchParams({ transaction_id: 'unknown' }),
    })
    assert.equal(viaForm.status, 403, 'the cookie is not looked at')
    assert.equal(sentTo(await press(server, page, server.alice, 'allow')).searchParams.has('code'), true)
  })

  test('a question ends after fifteen minutes', async (t) => {
    await using server = await start(local)
    await using client = await testClient()
    const id = await ask(server, client)
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 15.1 * 60_000 })
    assertDirect(await allow(server, id), 'access_denied', 403)
  })

  test('only administrators give what is for administrators', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const scope = 'read:account read:admin:meta'
    for (const [person, granted] of [
      [server.alice, 'read:account'],
      [server.admin, scope],
    ] as const) {
      const id = await ask(server, client, { scope })
      const location = locationOf(await decide(server, { transaction_id: id, login_token: person.token }))
      const { body } = await exchange(server, exchangeOf(client, location.searchParams.get('code')!))
      assert.equal(body.scope, granted)
    }
  })

  test('what a client publishes later changes nothing that was asked before', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const id = await ask(server, client)
    client.say('<link rel=redirect_uri href=/other>')
    assert.equal(locationOf(await allow(server, id)).pathname, '/callback')
  })

  test('pages and answers are kept by nobody, framed by nobody, and read by no other site', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const origin = { origin: 'https://evil.example' }
    const url = authorizeUrl(server, client)
    const answers = [
      await fetch(url, { headers: origin }),
      await fetch(`${url}&client_id=x`, { headers: origin }),
      await fetch(authorizeUrl(server, client, { scope: null }), { headers: origin, redirect: 'manual' }),
      await fetch(`${server.origin}/oauth/decision`, { method: 'POST', headers: origin, body: new URLSearchParams() }),
    ]
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 400, 302, 400],
    )
    for (const { headers } of answers) {
      assert.equal(headers.get('access-control-allow-origin'), null)
      assert.equal(headers.get('cache-control'), 'no-store')
      assert.equal(headers.get('pragma'), 'no-cache')
      assert.equal(headers.get('x-frame-options'), 'DENY')
      assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
    }
    assert.equal(answers[2]!.headers.get('referrer-policy'), 'no-referrer')
  })

  test('a client that asks for everything there is finds its way through the sign-in form', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const { permissions } = await import('../../../src/access/permission.ts')
    const over = { scope: permissions.join(' '), state: 's'.repeat(4000) }
    const page = await open(authorizeUrl(server, client, over))
    assert.match(page.body, /name="next" value="\/oauth\/authorize\?/)
    const signedIn = await open(authorizeUrl(server, client, over), server.alice)
    assert.equal(sentTo(await press(server, signedIn, server.alice, 'allow')).searchParams.get('state'), over.state)
  })
})
