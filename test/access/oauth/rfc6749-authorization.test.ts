import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase } from '../../server.ts'
import {
  ask,
  assertDirect,
  assertRedirect,
  authorizeUrl,
  decide,
  local,
  locationOf,
  metasOf,
  open,
  page,
  testClient,
} from './client.ts'

onEachDatabase('RFC 6749: authorization request', (start) => {
  test('3.1.1: any response type but code is answered at once, whatever else is wrong', async () => {
    await using server = await start(local)
    await using client = await testClient()
    for (const over of [
      { response_type: 'token' },
      { response_type: null },
      { response_type: '' },
      { response_type: 'code token', client_id: null, redirect_uri: null },
    ]) {
      assertDirect(await open(authorizeUrl(server, client, over)), 'unsupported_response_type', 501)
    }
    assert.equal(client.fetched(), 0)
  })

  test('3.1.2.3, 4.1.2.1: without a client and an address of it nobody is sent anywhere', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const wrong: Record<string, string | null>[] = [
      { client_id: null },
      { client_id: '' },
      { redirect_uri: null },
      { redirect_uri: '' },
      { redirect_uri: `${client.redirectUri}/` },
      { redirect_uri: 'https://evil.example/callback', scope: 'nothing', code_challenge: null },
    ]
    for (const over of wrong) {
      const answer = await open(authorizeUrl(server, client, over))
      assertDirect(answer, 'invalid_request')
      const [name, value] = Object.entries(over)[0]!
      assert.equal(
        answer.body.error_description === `${name} is missing.`,
        !value,
        'a developer is told what is missing',
      )
    }
    client.say('<p>This page lists no address.</p>')
    const unlisted = await open(authorizeUrl(server, client))
    assertDirect(unlisted, 'invalid_request')
    assert.match(unlisted.body.error_description, /publishes no redirect_uri/)
  })

  test('3.1: an unknown parameter is ignored, an empty one is absent, of two different ids neither counts', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const url = authorizeUrl(server, client, { state: '', foo: '1', audience: '' })
    const id = metasOf(await open(url))['transaction-id']!
    const location = locationOf(await decide(server, { transaction_id: id, cancel: 'cancel' }))
    assert.equal(location.searchParams.has('state'), false)
    for (const [name, value] of [
      ['redirect_uri', 'https://evil.example/'],
      ['client_id', 'https://evil.example/'],
    ] as const) {
      const twice = `${authorizeUrl(server, client)}&${name}=${encodeURIComponent(value)}`
      assertDirect(await open(twice), 'invalid_request')
    }
    assert.equal((await open(`${authorizeUrl(server, client)}&scope=write:drive&state=second`)).status, 200)
  })

  test('3.1.2: an address with a fragment is never used, even when it is listed', async () => {
    await using server = await start(local)
    await using client = await testClient('<link rel="redirect_uri" href="/callback#here">')
    assertDirect(
      await open(authorizeUrl(server, client, { redirect_uri: `${client.redirectUri}#here` })),
      'invalid_request',
    )
  })

  test('3.3, 4.1.2.1: a scope with nothing known in it is told to the client', async () => {
    await using server = await start(local)
    await using client = await testClient()
    for (const scope of [null, '', ' ', 'READ:ACCOUNT', 'read:account,write:notes', 'foo bar']) {
      const answer = await open(authorizeUrl(server, client, { scope }))
      assertRedirect(server, client, answer, 'invalid_scope')
      assert.equal(locationOf(answer).searchParams.get('state'), 'the state')
    }
  })

  test('3.3: names are taken in their order, each once, unknown ones dropped', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const scope = 'write:notes  read:account nonsense write:notes read:drive'
    assert.equal(
      metasOf(await open(authorizeUrl(server, client, { scope })))['scope'],
      'write:notes read:account read:drive',
    )
  })

  test('4.1.2: the state comes back letter by letter, and the query of the address is kept', async () => {
    await using server = await start(local)
    await using client = await testClient('<link rel="redirect_uri" href="/callback?x=1&amp;y=a%20b">')
    const redirectUri = `${client.redirectUri}?x=1&y=a%20b`
    for (const state of ['a+b%20&é', ' ', '<script>alert(1)</script>', 'x\r\nSet-Cookie: a=b', '猫'.repeat(400)]) {
      const id = await ask(server, client, { redirect_uri: redirectUri, state })
      const answer = await decide(server, { transaction_id: id, login_token: server.alice.token })
      const { searchParams } = locationOf(answer)
      assert.equal(searchParams.get('state'), state)
      assert.deepEqual([searchParams.get('x'), searchParams.get('y')], ['1', 'a b'])
      assert.match(searchParams.get('code') ?? '', /^[0-9A-Za-z]{128}$/)
      assert.equal(answer.headers.get('set-cookie'), null)
    }
  })

  test('4.1.2.1: a refusal is access_denied', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const id = await ask(server, client)
    const answer = await decide(server, { transaction_id: id, cancel: 'cancel' })
    assertRedirect(server, client, answer, 'access_denied')
    assert.equal(locationOf(answer).searchParams.get('state'), 'the state')
  })

  test('4.1.2.1: descriptions are printable ASCII whatever was sent', async () => {
    await using server = await start(local)
    await using client = await testClient()
    for (const id of ['https://a.example/"\\', 'https://猫.example/\n', 'no url “at all”', '💥']) {
      assertDirect(await open(authorizeUrl(server, client, { client_id: id })), 'invalid_request')
    }
  })

  test('10.2: nobody is accepted without being asked, however often they allowed it', async () => {
    await using server = await start(local)
    await using client = await testClient()
    for (let time = 0; time < 2; time++) {
      const id = await ask(server, client, {}, server.alice)
      locationOf(await decide(server, { transaction_id: id, login_token: server.alice.token }))
    }
    assert.equal((await open(authorizeUrl(server, client), server.alice)).status, 200)
  })

  test('10.14: what a client calls itself is text on the page', async () => {
    await using server = await start(local)
    await using client = await testClient()
    client.say(page.replace('Weather Map', '&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;'))
    const answer = await open(authorizeUrl(server, client), server.alice)
    assert.ok(!String(answer.body).includes('<script>alert'))
    assert.equal(metasOf(answer)['client-name']?.includes('<script>'), true)
  })
})
