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
  open,
  type TestClient,
  testClient,
} from './client.ts'

const linksTo = (...uris: string[]) => uris.map((uri) => `<link rel="redirect_uri" href="${uri}">`).join('')

/** The whole of it for one redirect address; returns where the person was sent. */
async function complete(server: TestServer, client: TestClient, redirectUri: string): Promise<string> {
  const id = await ask(server, client, { redirect_uri: redirectUri })
  const answer = await decide(server, { transaction_id: id, login_token: server.alice.token })
  const location = answer.headers.get('location') ?? ''
  const code = new URL(location).searchParams.get('code')!
  const exchanged = await exchange(server, { ...exchangeOf(client, code), redirect_uri: redirectUri })
  assert.equal(exchanged.status, 200, JSON.stringify(exchanged.body))
  return location
}

onEachDatabase('RFC 8252: native apps', (start) => {
  test('7.1: schemes of an app, with or without slashes, survive as they are', async () => {
    await using server = await start(local)
    await using client = await testClient(linksTo('com.example.app:/cb', 'myapp://cb', 'com.example.app:cb'))
    for (const uri of ['com.example.app:/cb', 'myapp://cb', 'com.example.app:cb']) {
      const location = await complete(server, client, uri)
      assert.ok(location.startsWith(`${uri}?code=`), location)
    }
  })

  test('7.1: the page warns of a scheme of an app', async () => {
    await using server = await start(local)
    await using client = await testClient(linksTo('myapp://cb'))
    const answer = await open(authorizeUrl(server, client, { redirect_uri: 'myapp://cb' }), server.alice)
    assert.match(answer.body, /<strong class="host">myapp:<\/strong>/)
    assert.match(answer.body, /notice-azuki/)
  })

  test('7.3: an app that listens on a loopback address chooses its port when it starts', async () => {
    await using server = await start(local)
    await using client = await testClient(linksTo('http://127.0.0.1/cb?a=1', 'http://[::1]:1/cb'))
    for (const uri of ['http://127.0.0.1:51004/cb?a=1', 'http://127.0.0.1/cb?a=1', 'http://[::1]:65000/cb']) {
      assert.ok((await complete(server, client, uri)).startsWith(uri.split('?')[0]!))
    }
    for (const uri of [
      'http://127.0.0.1:51004/other',
      'http://127.0.0.1:51004/cb',
      'http://127.0.0.1:51004/cb?a=2',
      'http://127.0.0.2:51004/cb?a=1',
      'http://localhost:51004/cb?a=1',
      'https://127.0.0.1:51004/cb?a=1',
      'http://127.0.0.1:51004@evil.example/cb?a=1',
      'http://127.0.0.1:x/cb?a=1',
      'http://[::1]:65000/cb/',
    ]) {
      assertDirect(await open(authorizeUrl(server, client, { redirect_uri: uri })), 'invalid_request')
    }
  })

  test('7.3: the exchange names the very port of the request', async () => {
    await using server = await start(local)
    await using client = await testClient(linksTo('http://127.0.0.1/cb'))
    const id = await ask(server, client, { redirect_uri: 'http://127.0.0.1:5001/cb' })
    const answer = await decide(server, { transaction_id: id, login_token: server.alice.token })
    const code = new URL(answer.headers.get('location')!).searchParams.get('code')!
    const { body } = await exchange(server, { ...exchangeOf(client, code), redirect_uri: 'http://127.0.0.1:5002/cb' })
    assert.equal(body.error, 'invalid_grant')
  })

  test('8.3: localhost by name is an address like others, its port included', async () => {
    await using server = await start(local)
    await using client = await testClient(linksTo('http://localhost:8/cb'))
    assert.equal((await open(authorizeUrl(server, client, { redirect_uri: 'http://localhost:8/cb' }))).status, 200)
    assertDirect(await open(authorizeUrl(server, client, { redirect_uri: 'http://localhost:9/cb' })), 'invalid_request')
  })

  test('nobody is ever sent to an address that runs code or opens files', async () => {
    await using server = await start(local)
    const bad = ['javascript:alert(1)', 'JavaScript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd']
    bad.push(
      'blob:https://a.example/1',
      'about:blank',
      'filesystem:https://a.example/',
      'view-source:https://a.example/',
    )
    await using client = await testClient(linksTo(...bad))
    for (const uri of [...bad, ' javascript:alert(1)', 'java\nscript:alert(1)']) {
      assertDirect(await open(authorizeUrl(server, client, { redirect_uri: uri })), 'invalid_request')
    }
  })
})
