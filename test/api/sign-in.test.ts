import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { setSuspended } from '../../src/db/queries/users.ts'
import { onEachDatabase, SEED_PASSWORD as password, readAnswer, type TestServer, testServer } from '../server.ts'
import { bodyOf } from './expect.ts'

const WRONG = '932c904e-9460-45b7-9ce6-7ed33be7eb2c'
const SUSPENDED = 'e03a5f46-d309-4865-9b69-56282d94e1eb'
const TOO_MANY = '22d05606-fbcf-421a-a2db-b32610dcfd1b'

onEachDatabase('signin-flow', (open) => {
  test('the right password gives a token of its own for each sign-in', async () => {
    await using server = await open()
    const signIn = async (username: string) => bodyOf(await server.call('signin-flow', { username, password }))
    const [first, second] = [await signIn('alice'), await signIn('ALICE')]
    assert.deepEqual([first.finished, first.id, second.id], [true, server.alice.id, server.alice.id])
    assert.match(first.i, /^[0-9a-zA-Z]{16}$/)
    assert.notEqual(first.i, second.i)
    for (const token of [first.i, second.i, server.alice.token]) {
      assert.equal(bodyOf(await server.call('i', {}, token)).id, server.alice.id)
    }
  })

  test('it asks for what is missing and refuses what is wrong', async () => {
    await using server = await open()
    await server.ctx.transact((tx) => setSuspended(tx, server.bob.id, true))
    assert.deepEqual(bodyOf(await server.call('signin-flow', { username: 'alice' })), {
      finished: false,
      next: 'captcha',
    })
    for (const [params, status, id] of [
      [{ username: 'alice', password: 'wrong' }, 403, WRONG],
      [{ username: 'alice', password: '' }, 403, WRONG],
      [{ username: 'nobody', password }, 403, WRONG],
      [{ username: 'bob', password }, 403, SUSPENDED],
      // Who does not know the password learns nothing about the account.
      [{ username: 'bob', password: 'wrong' }, 403, WRONG],
      [{ username: 'alice', password: 5 }, 400, undefined],
      [{ username: 5, password }, 400, undefined],
      [{}, 400, undefined],
    ] as const) {
      const answer = await server.call('signin-flow', params)
      assert.equal(answer.status, status, JSON.stringify(params))
      if (id) assert.equal(answer.body.error.id, id, JSON.stringify(params))
    }
  })
})

describe('signin-flow with limits', () => {
  /** Signs in from an address, as a proxy in front of the server would report it. */
  const from = async (server: TestServer, address: string, username: string, given = password) => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': address }
    const body = JSON.stringify({ username, password: given })
    return readAnswer(await fetch(`${server.origin}/api/signin-flow`, { method: 'POST', headers, body }))
  }

  test('who tries one account too often is shut out, and locks out nobody else', async () => {
    await using server = await testServer('sqlite', { settings: { 'rate-limits': 'on', 'trust-proxy': 'on' } })
    const [attacker, home] = ['203.0.113.1', '198.51.100.7']
    for (let attempt = 0; attempt < 10; attempt++) await from(server, attacker, 'alice', 'a guess')
    // The pace of an address is limited too, for a second: until that is over, this says nothing of the account.
    const deadline = Date.now() + 10_000
    while ((await from(server, attacker, 'bob')).status === 429 && Date.now() < deadline) await wait(400)

    const shutOut = await from(server, attacker, 'alice')
    assert.deepEqual([shutOut.status, shutOut.body.error.id], [429, TOO_MANY])
    assert.equal(shutOut.body.error.code, 'TOO_MANY_AUTHENTICATION_FAILURES')
    assert.equal((await from(server, attacker, 'ALICE')).status, 429, 'in any spelling of the name')
    assert.equal((await from(server, home, 'alice')).status, 200, 'alice signs in from elsewhere')
  })

  test('right passwords do not add up to too many attempts', async () => {
    await using server = await testServer('sqlite', { settings: { 'rate-limits': 'on', 'trust-proxy': 'on' } })
    const statuses: number[] = []
    while (statuses.filter((status) => status === 200).length < 12 && statuses.length < 60) {
      const { status } = await from(server, '198.51.100.7', 'alice')
      statuses.push(status)
      if (status === 429) await wait(400)
    }
    assert.equal(statuses.filter((status) => status === 200).length, 12)
  })
})
