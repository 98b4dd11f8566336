import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Endpoint } from '../../src/api/endpoint.ts'
import { endpoints } from '../../src/api/index.ts'
import { addEmoji } from '../../src/core/change-emojis.ts'
import { onEachDatabase } from '../server.ts'
import { expected, refusals } from './contract.ts'
import { bodyOf } from './expect.ts'
import { assertRefused } from './refusal.ts'
import { connections, type Received, send } from './send.ts'

const records: readonly Endpoint[] = endpoints
const json = { 'content-type': 'application/json' }
const page = { origin: 'https://client.example' }

/** A page of any site may read the answer, and it is in no shared cache under another page's name. */
function assertReadable({ headers }: Received, what: string): void {
  assert.equal(headers['access-control-allow-origin'], '*', what)
  assert.equal(headers['access-control-allow-credentials'], undefined, what)
  assert.match(headers.vary ?? '', /\bOrigin\b/, what)
}

onEachDatabase('methods and origins', (open) => {
  test('GET is for the endpoints that say so, and their anonymous answers may be cached', async () => {
    await using server = await open()
    using agent = connections()
    await addEmoji(server.ctx, { name: 'bean', url: 'https://example.com/bean.png' })
    const { createdNote } = bodyOf(await server.call('notes/create', { text: 'hello' }, server.alice))
    const queries: Record<string, string> = {
      emoji: '?name=bean',
      'notes/reactions': `?noteId=${createdNote.id}`,
      'users/featured-notes': `?userId=${server.alice.id}`,
    }
    for (const { path } of records) {
      const { get } = expected(path)
      for (const method of ['GET', 'HEAD']) {
        const received = await send(agent, server.origin, `/api/${path}${queries[path] ?? ''}`, {
          method,
          headers: page,
        })
        assertReadable(received, `${method} ${path}`)
        if (get) {
          assert.equal(received.status, 200, `${method} ${path}`)
          assert.equal(received.headers['cache-control'], `public, max-age=${get.cache}`)
        } else {
          assert.deepEqual([received.status, received.text], [405, ''], `${method} ${path}`)
          assert.equal(received.headers.allow, 'POST', `${method} ${path}`)
        }
      }
    }
    const own = await send(agent, server.origin, `/api/meta?i=${server.alice.token}`, { method: 'GET' })
    assert.equal(own.headers['cache-control'], 'private, max-age=0, must-revalidate')
    const posted = await send(agent, server.origin, '/api/meta', { headers: json, body: '{}' })
    assert.equal(posted.headers['cache-control'], 'private, max-age=0, must-revalidate')
  })

  test('parameters of a query are read by their type, and named when they cannot be', async () => {
    await using server = await open()
    using agent = connections()
    const get = (query: string) => send(agent, server.origin, `/api/meta?${query}`, { method: 'GET' })
    assert.ok('features' in (await get('detail=true')).body)
    assert.ok(!('features' in (await get('detail=false')).body))
    for (const query of ['detail=maybe', 'detail=', 'detail=1e', 'detail=%7B']) {
      const received = await get(query)
      assertRefused(received, refusals.cannotCast, query)
      assert.equal(received.body.error.info.param, 'detail')
      assert.match(received.body.error.message, /detail/)
    }
    for (const query of ['detail=1', 'detail=null', 'detail=true&detail=false']) {
      assertRefused(await get(query), refusals.invalidParam, query)
    }
  })

  test('what is not there is 404 by every method, whatever is sent', async () => {
    await using server = await open()
    using agent = connections()
    for (const path of [
      'nope',
      'i/nope',
      'I',
      'i/',
      '',
      'notes//create',
      '__proto__',
      'constructor',
      'a'.repeat(5000),
    ]) {
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        const received = await send(agent, server.origin, `/api/${path}`, { method, headers: page })
        const what = `${method} ${path.slice(0, 40)}`
        assertReadable(received, what)
        assert.equal(received.status, 404, what)
        if (method !== 'HEAD') assertRefused(received, refusals.unknownEndpoint, what)
      }
    }
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'image/png']) {
      const sent = { headers: { 'content-type': type, ...page }, body: '{"' }
      assertRefused(await send(agent, server.origin, '/api/nope', sent), refusals.unknownEndpoint, type)
    }
    assert.doesNotMatch(server.logged(), /nope/, 'an address that is none of ours may be a secret')
  })

  test('a page of any site may read successes, refusals and failures to understand', async () => {
    await using server = await open()
    using agent = connections()
    const cases: [status: number, path: string, sent: Parameters<typeof send>[3]][] = [
      [200, 'ping', { headers: json, body: '{}' }],
      [401, 'i', { headers: json, body: '{}' }],
      [401, 'ping', { headers: json, body: '{"i":"x"}' }],
      [400, 'notes/show', { headers: json, body: '{}' }],
      [400, 'notes/show', { headers: json, body: '{' }],
      [400, '%zz', { headers: json, body: '{}' }],
      [400, 'miauth/%ff/check', { headers: json, body: '{}' }],
      [413, 'ping', { headers: json, body: 'x'.repeat(1_100_000) }],
      [415, 'ping', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1' }],
    ]
    for (const [status, path, sent] of cases) {
      const received = await send(agent, server.origin, `/api/${path}`, {
        ...sent,
        headers: { ...sent?.headers, ...page },
      })
      assert.equal(received.status, status, path)
      assertReadable(received, `${status} ${path}`)
      if (status >= 400) assert.match(received.body.error.id, /^[0-9a-f-]{36}$/, `${status} ${path} has our envelope`)
    }
  })

  test('a preflight question is answered for every endpoint', async () => {
    await using server = await open()
    using agent = connections()
    for (const path of ['i', 'notes/create', 'nope', 'miauth/x/check']) {
      const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,x-a' }
      const received = await send(agent, server.origin, `/api/${path}`, {
        method: 'OPTIONS',
        headers: { ...page, ...asked },
      })
      assert.deepEqual([received.status, received.text], [204, ''])
      assertReadable(received, path)
      assert.equal(received.headers['access-control-allow-methods'], 'GET,HEAD,POST')
      assert.equal(received.headers['access-control-allow-headers'], 'authorization,x-a')
      assert.equal(received.headers.vary, 'Origin, Access-Control-Request-Headers')
    }
  })

  test('only our own pages may read what the entrance answers', async () => {
    await using server = await open()
    using agent = connections()
    for (const path of ['signup', 'signin-flow']) {
      for (const method of ['POST', 'OPTIONS']) {
        const received = await send(agent, server.origin, `/api/${path}`, { method, headers: { ...json, ...page } })
        assert.equal(received.headers['access-control-allow-origin'], server.origin, `${method} ${path}`)
        assert.equal(received.headers['access-control-allow-credentials'], 'true', `${method} ${path}`)
      }
    }
  })
})
