import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Principal } from '../../src/access/principal.ts'
import type { Endpoint } from '../../src/api/endpoint.ts'
import ping from '../../src/api/ping.ts'
import { defaultPolicies } from '../../src/config/policies.ts'
import { passGate } from '../../src/http/gate.ts'
import { HOUR } from '../../src/lib/time.ts'
import { type TestServer, testServer } from '../server.ts'
import { refusals } from './contract.ts'

/** Nobody worse could call: every step of the gate but the first two has something against them. */
const worst: Principal = {
  id: 'worst',
  username: 'worst',
  isSuspended: true,
  movedToId: 'elsewhere',
  isRoot: false,
  isModerator: false,
  isAdministrator: false,
  policies: defaultPolicies,
  credential: {
    kind: 'access',
    tokenId: 'token',
    grantId: 'grant',
    digest: '',
    permissions: new Set(),
    appName: null,
    appIconUrl: null,
  },
  lastUsedAt: null,
}

const moderated = {
  ...ping,
  path: 'test/everything',
  auth: 'moderator',
  permission: 'write:admin:roles',
  policy: 'canInvite',
  refusedToMoved: true,
} as unknown as Endpoint

/** The id of the refusal, and the headers of the answer so far; no id when the call passes. */
async function ask(server: TestServer, endpoint: Endpoint, principal: Principal | null, ip = '192.0.2.1') {
  const headers = new Map<string, unknown>()
  const reply = { header: (name: string, value: unknown) => headers.set(name, value) } as unknown as FastifyReply
  const request = { ip } as FastifyRequest
  const refused = await passGate({ ctx: server.ctx, endpoint, principal, request, reply }).then(
    () => null,
    (thrown) => thrown.error,
  )
  return { id: refused?.id ?? null, headers }
}

describe('of several refusals the first in order is given', () => {
  test('suspended, moved, role, policy, permission', async () => {
    await using server = await testServer()
    const told: (string | null)[] = []
    let caller: Principal = worst
    const cures: Partial<Principal>[] = [
      { isSuspended: false },
      { movedToId: null },
      { isModerator: true },
      { isAdministrator: true },
    ]
    for (const cure of [{}, ...cures]) {
      caller = { ...caller, ...cure }
      told.push((await ask(server, moderated, caller)).id)
    }
    const { suspended, moved, notModerator, noPolicy, noPermission } = refusals
    assert.deepEqual(
      told,
      [suspended, moved, notModerator, noPolicy, noPermission].map(({ id }) => id),
    )
    assert.equal((await ask(server, { ...moderated, auth: 'admin' }, worst)).id, suspended.id)
    const moderator = { ...worst, isSuspended: false, movedToId: null, isModerator: true }
    assert.equal((await ask(server, { ...moderated, auth: 'admin' }, moderator)).id, refusals.notAdministrator.id)
  })

  test('what only a person may do is refused to an application before it is counted', async () => {
    await using server = await testServer('sqlite', { settings: { 'rate-limits': 'on' } })
    const endpoint: Endpoint = { ...moderated, secure: true, limit: { max: 1, per: HOUR } }
    for (let time = 0; time < 3; time++) {
      const { id, headers } = await ask(server, endpoint, worst)
      assert.equal(id, refusals.accessDenied.id)
      assert.equal(headers.size, 0, 'nothing is counted')
    }
    assert.equal((await ask(server, endpoint, null)).id, refusals.accessDenied.id, 'nobody is no person either')
  })

  test('a call is counted before anything is asked about the caller', async () => {
    await using server = await testServer('sqlite', { settings: { 'rate-limits': 'on' } })
    const endpoint: Endpoint = { ...moderated, limit: { max: 1, per: HOUR } }
    assert.equal((await ask(server, endpoint, worst)).id, refusals.suspended.id)
    assert.equal((await ask(server, endpoint, worst)).id, refusals.tooMany.id)
    assert.equal((await ask(server, endpoint, null)).id, refusals.noToken.id)
    assert.equal((await ask(server, endpoint, null)).id, refusals.tooMany.id)
  })

  test('anonymous calls are counted by address, or by network where one household has many addresses', async () => {
    await using server = await testServer('sqlite', { settings: { 'rate-limits': 'on' } })
    const counted = async (...addresses: string[]) => {
      const endpoint: Endpoint = { ...ping, path: `test/${addresses[0]}`, limit: { max: 1, per: HOUR } }
      const answers = []
      for (const ip of addresses) answers.push((await ask(server, endpoint, null, ip)).id === refusals.tooMany.id)
      return answers
    }
    assert.deepEqual(await counted('192.0.2.1', '192.0.2.2'), [false, false])
    assert.deepEqual(await counted('192.0.2.3', '::ffff:192.0.2.3'), [false, true], 'one address written in two ways')
    assert.deepEqual(await counted('::ffff:192.0.2.4', '::ffff:192.0.2.5'), [false, false])
    assert.deepEqual(await counted('2001:db8:1:2:3::1', '2001:db8:1:2:ffff::'), [false, true])
    assert.deepEqual(await counted('2001:db8:1:2::1', '2001:db8:1:3::1'), [false, false])
    assert.deepEqual(await counted('2001:db8::1', '2001:db8::2:0:0:7'), [false, true], 'zeros left out')
  })
})
