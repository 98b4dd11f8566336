import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase } from '../server.ts'
import { refusals } from './contract.ts'
import { assertRefused } from './refusal.ts'
import { connections, post, send } from './send.ts'

onEachDatabase('who a call is from', (open) => {
  test('is said by the Authorization header, the parameter i, or the cookie of our own pages', async (t) => {
    await using server = await open()
    using agent = connections()
    const { alice, bob, origin } = server
    const ask = (body: unknown, headers: Record<string, string> = {}) => post(agent, origin, 'i', body, headers)
    const nameFor = async (body: unknown, headers: Record<string, string> = {}) => {
      const { status, body: answer } = await ask(body, headers)
      return status === 200 ? answer.username : answer.error.code
    }

    await t.test('the header, which wins over i', async () => {
      assert.equal(await nameFor({}, { authorization: `Bearer ${alice.token}` }), 'alice')
      assert.equal(await nameFor({}, { authorization: `Bearer ${alice.appToken}` }), 'alice')
      assert.equal(await nameFor({ i: bob.token }, { authorization: `Bearer ${alice.token}` }), 'alice')
      assertRefused(await ask({ i: bob.token }, { authorization: 'Bearer nobody' }), refusals.unknownToken)
    })

    await t.test('a header of another form is as none', async () => {
      const forms = ['bearer ', 'BEARER ', 'Bearer', 'Bearer\t', 'Basic ', 'Token ', '']
      for (const form of forms) {
        const authorization = `${form}${alice.token}`
        assert.equal(await nameFor({ i: bob.token }, { authorization }), 'bob', authorization)
        assertRefused(await ask({}, { authorization }), refusals.noToken, authorization)
      }
      assertRefused(await ask({}, { authorization: `Bearer  ${alice.token}` }), refusals.unknownToken, 'two spaces')
    })

    await t.test('i, which may be null or left out', async () => {
      assert.equal(await nameFor({ i: alice.token }), 'alice')
      assert.equal(await nameFor({ i: alice.appToken }), 'alice')
      assertRefused(await ask({ i: null }), refusals.noToken)
      assertRefused(await ask({}), refusals.noToken)
      const asNobody = await post(agent, origin, 'ping', { i: null })
      assert.equal(asNobody.status, 200)
    })

    await t.test('an i that is no token is refused, even where none is needed', async () => {
      const wrong = ['', ' ', alice.token.toUpperCase(), `${alice.token} `, 'x'.repeat(16), 'x'.repeat(100_000)]
      for (const i of wrong) {
        for (const path of ['i', 'ping', 'meta', 'notes/local-timeline']) {
          assertRefused(await post(agent, origin, path, { i }), refusals.unknownToken, `${path} ${i.slice(0, 40)}`)
        }
      }
      assertRefused(await send(agent, origin, '/api/meta?i=', { method: 'GET' }), refusals.unknownToken)
      assertRefused(await send(agent, origin, '/api/meta?i=x', { method: 'GET' }), refusals.unknownToken)
      const headers = { authorization: 'Bearer ' }
      assertRefused(await post(agent, origin, 'ping', {}, { authorization: 'Bearer x' }), refusals.unknownToken)
      // Node leaves out the space at the end, as HTTP says (RFC 9110 §5.5): this is no Bearer form.
      assert.equal((await post(agent, origin, 'ping', {}, headers)).status, 200)
    })

    await t.test('an i that is not even text is a wrong parameter', async () => {
      for (const i of [0, 1, true, false, {}, [], [alice.token]]) {
        for (const path of ['i', 'ping']) {
          const received = await post(agent, origin, path, { i })
          assertRefused(received, refusals.invalidParam, `${path} ${JSON.stringify(i)}`)
          assert.match(received.body.error.info.param, /\bi\b/)
        }
      }
    })

    await t.test('the cookie, which counts only for our own pages', async () => {
      const cookie = `other=1; mamekey=${alice.token}`
      const own: Record<string, string>[] = [{ origin }, { 'sec-fetch-site': 'same-origin' }]
      const foreign: Record<string, string>[] = [
        {},
        { origin: 'https://evil.example' },
        { origin: `${origin}.evil.example` },
        { origin: 'null' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'none' },
        { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
        { origin: 'null', 'sec-fetch-site': 'cross-site' },
      ]
      for (const headers of own) {
        const what = JSON.stringify(headers)
        assert.equal(await nameFor({}, { cookie, ...headers }), 'alice', what)
        assert.equal(await nameFor({ i: bob.token }, { cookie, ...headers }), 'bob', `i wins with ${what}`)
        assertRefused(await ask({ i: '' }, { cookie, ...headers }), refusals.unknownToken, `an empty i with ${what}`)
      }
      for (const headers of foreign) {
        assertRefused(await ask({}, { cookie, ...headers }), refusals.noToken, JSON.stringify(headers))
      }
    })

    await t.test('a cookie that is no good is as none', async () => {
      for (const cookie of [
        'mamekey=',
        'mamekey=nobody',
        `Mamekey=${alice.token}`,
        `mamekey="${alice.token}"`,
        ';;=',
      ]) {
        assertRefused(await ask({}, { cookie, origin }), refusals.noToken, cookie)
        assert.equal((await post(agent, origin, 'ping', {}, { cookie, origin })).status, 200)
      }
    })
  })
})
