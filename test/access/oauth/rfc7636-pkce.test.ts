import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase } from '../../server.ts'
import {
  assertRedirect,
  authorizeUrl,
  challengeOf,
  codeFor,
  exchange,
  exchangeOf,
  local,
  open,
  testClient,
} from './client.ts'

onEachDatabase('RFC 7636: PKCE', (start) => {
  test('4.3, 4.4.1: without a challenge by S256 the client is told', async () => {
    await using server = await start(local)
    await using client = await testClient()
    for (const over of [
      { code_challenge: null },
      { code_challenge: '' },
      { code_challenge: 'x'.repeat(2000) },
      { code_challenge_method: null },
      { code_challenge_method: 'plain' },
      { code_challenge_method: 's256' },
      { code_challenge_method: 'S512' },
    ]) {
      assertRedirect(server, client, await open(authorizeUrl(server, client, over)), 'invalid_request')
    }
  })

  test('4.2: the pair of appendix B', async () => {
    await using server = await start(local)
    await using client = await testClient()
    client.verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
    const over = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' }
    const code = await codeFor(server, client, server.bob, over)
    assert.equal((await exchange(server, exchangeOf(client, code))).status, 200)
  })

  test('4.1: neither verifier nor challenge has to have a certain form', async () => {
    await using server = await start(local)
    await using client = await testClient()
    for (const verifier of ['short', 'with spaces and é', 'x'.repeat(500)]) {
      client.verifier = verifier
      const code = await codeFor(server, client, server.bob)
      assert.equal((await exchange(server, exchangeOf(client, code))).status, 200, verifier)
    }
    const code = await codeFor(server, client, server.bob, { code_challenge: 'code' })
    assert.equal((await exchange(server, exchangeOf(client, code))).body.error, 'invalid_grant')
  })

  test('4.6: any other verifier is refused, and nothing is written', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const right = client.verifier
    const tokens = () => server.ctx.db.selectFrom('accessToken').select('id').execute()
    const before = (await tokens()).length
    for (const verifier of ['', `${right}\n`, `${right}=`, right.toUpperCase(), challengeOf(right), right.slice(1)]) {
      const code = await codeFor(server, client, server.bob)
      const { status, body } = await exchange(server, { ...exchangeOf(client, code), code_verifier: verifier })
      assert.deepEqual([status, body.error], [400, 'invalid_grant'], JSON.stringify(verifier))
    }
    assert.equal((await tokens()).length, before)
  })

  test('4.4: a code says nothing of its challenge', async () => {
    await using server = await start(local)
    await using client = await testClient()
    const code = await codeFor(server, client, server.bob)
    assert.ok(!Buffer.from(code, 'base64url').toString('latin1').includes(challengeOf(client.verifier)))
    assert.match(code, /^[0-9A-Za-z]{128}$/)
  })
})
