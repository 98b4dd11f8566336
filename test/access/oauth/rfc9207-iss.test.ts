import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase } from '../../server.ts'
import { ask, authorizeUrl, decide, local, locationOf, open, testClient } from './client.ts'

onEachDatabase('RFC 9207: issuer identification', (start) => {
  test('2: every answer names the issuer, once, whatever the address held before', async () => {
    await using server = await start(local)
    const query = '?iss=https://evil.example&code=theirs&state=theirs&error=theirs&kept=1'
    await using client = await testClient(`<link rel=redirect_uri href="/callback${query}">`)
    const over = { redirect_uri: `${client.redirectUri}${query}` }
    const metadata = await fetch(`${server.origin}/.well-known/oauth-authorization-server`)
    const { issuer } = (await metadata.json()) as { issuer: string }

    const fault = locationOf(await open(authorizeUrl(server, client, { ...over, scope: null })))
    const refused = locationOf(await decide(server, { transaction_id: await ask(server, client, over), cancel: '1' }))
    const transaction = await ask(server, client, over)
    const allowed = locationOf(await decide(server, { transaction_id: transaction, login_token: server.alice.token }))
    const stateless = locationOf(await open(authorizeUrl(server, client, { ...over, scope: null, state: null })))
    for (const { searchParams } of [fault, refused, allowed, stateless]) {
      assert.deepEqual(searchParams.getAll('iss'), [issuer])
      assert.equal(searchParams.get('kept'), '1')
    }
    assert.deepEqual(fault.searchParams.getAll('error'), ['invalid_scope'])
    assert.deepEqual(refused.searchParams.getAll('error'), ['access_denied'])
    assert.deepEqual(fault.searchParams.getAll('code'), [])
    assert.equal(allowed.searchParams.getAll('code').length, 1)
    assert.notEqual(allowed.searchParams.get('code'), 'theirs')
    assert.deepEqual(allowed.searchParams.getAll('error'), [])
    assert.deepEqual(stateless.searchParams.getAll('state'), [])
  })
})
