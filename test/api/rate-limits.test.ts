import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase, type Person } from '../server.ts'
import { known, refusals } from './contract.ts'
import { assertRefused } from './refusal.ts'
import { connections, post, type Received } from './send.ts'

/** Refused by the endpoint, but counted: nothing is done. */
const NOTHING = '[]'

function assertTooMany({ headers, body }: Received, total: number, per: number): void {
  const { info } = body.error
  const now = Date.now()
  assert.deepEqual(Object.keys(info).toSorted(), ['remaining', 'reset', 'resetMs', 'total'])
  assert.deepEqual([info.total, info.remaining], [total, 0])
  assert.ok(info.resetMs > now - 1000 && info.resetMs <= now + per, `${info.resetMs} is a time within the window`)
  assert.equal(info.reset, Math.floor(info.resetMs / 1000))
  assert.match(headers['retry-after'] ?? '', /^\d+$/)
  const wait = Number(headers['retry-after']) * 1000
  assert.ok(Math.abs(now + wait - info.resetMs) <= 1500, 'Retry-After says the same in seconds')
}

onEachDatabase('rate limits', (open) => {
  test('are of each person, whatever token they use, and of each address', async () => {
    await using server = await open({ settings: { 'rate-limits': 'on' } })
    using agent = connections()
    const { alice, bob } = server
    const path = 'following/create'
    const { max, per } = known[path]!.limit!
    const ask = (as: Person | string | null) => {
      const token = typeof as === 'string' ? as : as?.token
      return post(agent, server.origin, path, NOTHING, token ? { authorization: `Bearer ${token}` } : {})
    }
    const weak = await server.call('miauth/gen-token', { session: null, permission: [] }, alice)

    const first = await ask(alice)
    assertRefused(first, refusals.invalidParam)
    assert.equal(first.headers['ratelimit-policy'], `"${path}";q=${max};w=${per / 1000}`)
    assert.equal(first.headers['ratelimit'], `"${path}";r=${max - 1};t=${per / 1000}`)
    // What is forbidden is counted too: half of them are by a token without the permission.
    for (let time = 1; time < max; time++) {
      const isWeak = time % 2 === 0
      const received = await ask(isWeak ? weak.body.token : alice)
      assertRefused(received, isWeak ? refusals.noPermission : refusals.invalidParam, `call ${time}`)
    }
    for (const token of [alice.token, alice.appToken, weak.body.token]) {
      const beyond = await ask(token)
      assertRefused(beyond, refusals.tooMany)
      assertTooMany(beyond, max, per)
      assert.match(beyond.headers['ratelimit']?.toString() ?? '', new RegExp(`^"${path}";r=0;t=\\d+$`))
    }
    assertRefused(await ask(bob), refusals.invalidParam, 'another person')
    for (let time = 0; time < max; time++) assertRefused(await ask(null), refusals.noToken, `nobody, call ${time}`)
    assertRefused(await ask(null), refusals.tooMany, 'nobody, once more')
    const other = await post(agent, server.origin, 'following/delete', NOTHING, {
      authorization: `Bearer ${alice.token}`,
    })
    assertRefused(other, refusals.invalidParam, 'another endpoint')
  })

  test('hold calls apart where an endpoint says how far', async () => {
    await using server = await open({ settings: { 'rate-limits': 'on' } })
    using agent = connections()
    const { minInterval } = known['notes/delete']!.limit!
    const ask = () =>
      post(agent, server.origin, 'notes/delete', NOTHING, { authorization: `Bearer ${server.alice.token}` })
    assertRefused(await ask(), refusals.invalidParam)
    const tooSoon = await ask()
    assertRefused(tooSoon, refusals.tooMany)
    assertTooMany(tooSoon, 1, minInterval!)
    assert.match(tooSoon.headers['ratelimit']?.toString() ?? '', /;r=0;t=1$/)
  })

  test('can be turned off', async () => {
    await using server = await open({ settings: { 'rate-limits': 'off' } })
    using agent = connections()
    for (let time = 0; time < 3; time++) {
      const received = await post(agent, server.origin, 'notes/delete', NOTHING, {
        authorization: `Bearer ${server.alice.token}`,
      })
      assertRefused(received, refusals.invalidParam)
    }
  })
})
