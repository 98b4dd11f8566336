import assert from 'node:assert/strict'
import { test } from 'node:test'
import { permissions } from '../../../src/access/permission.ts'
import { onEachDatabase, readAnswer } from '../../server.ts'

onEachDatabase('RFC 8414: metadata', (start) => {
  test('2, 3: what there is, under the issuer, for every browser client', async () => {
    await using server = await start()
    const path = '/.well-known/oauth-authorization-server'
    const answer = await readAnswer(await fetch(server.origin + path, { headers: { origin: 'https://app.example' } }))
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/)
    assert.equal(answer.headers.get('access-control-allow-origin'), '*')
    assert.deepEqual(answer.body, {
      issuer: server.origin,
      authorization_endpoint: `${server.origin}/oauth/authorize`,
      token_endpoint: `${server.origin}/oauth/token`,
      scopes_supported: [...permissions],
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code'],
      token_endpoint_auth_methods_supported: ['none'],
      service_documentation: `${server.origin}/api-doc`,
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      client_id_metadata_document_supported: true,
    })
  })

  test('2: the issuer is the public origin, whatever a request says of itself', async () => {
    await using server = await start({ settings: { url: 'https://mame.example' } })
    const { port } = server.server.app.server.address() as { port: number }
    const forged = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http', host: 'evil.example' }
    const response = await fetch(`http://localhost:${port}/.well-known/oauth-authorization-server`, { headers: forged })
    const body = (await response.json()) as Record<string, unknown>
    assert.equal(body['issuer'], 'https://mame.example')
    for (const [name, value] of Object.entries(body)) {
      if (name.endsWith('_endpoint')) assert.ok(String(value).startsWith('https://mame.example/'), name)
      assert.ok(value !== null && !(Array.isArray(value) && value.length === 0), name)
    }
  })

  test('an unknown endpoint of OAuth answers as clients know it', async () => {
    await using server = await start()
    for (const [method, path] of [
      ['GET', '/oauth/'],
      ['GET', '/oauth/token'],
      ['GET', '/oauth/decision'],
      ['POST', '/oauth/authorize'],
      ['POST', '/oauth/token/introspect'],
      ['PUT', '/oauth/nothing'],
    ] as const) {
      const { status, body } = await readAnswer(await fetch(server.origin + path, { method }))
      assert.equal(status, 404, `${method} ${path}`)
      const { message, ...error } = body.error
      assert.ok(message)
      const id = 'aa49e620-26cb-4e28-aad6-8cbcb58db147'
      assert.deepEqual(error, { code: 'UNKNOWN_OAUTH_ENDPOINT', id, kind: 'client' })
    }
  })
})
