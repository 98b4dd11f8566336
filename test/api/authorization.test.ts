import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { issueToken } from '../../src/access/manual.ts'
import { permissions } from '../../src/access/permission.ts'
import type { Endpoint } from '../../src/api/endpoint.ts'
import { endpoints } from '../../src/api/index.ts'
import { changeSettings } from '../../src/core/settings.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { exceptions, expected, type Known, known, ourOwn, type Refusal, refusals } from './contract.ts'
import { assertRefused } from './refusal.ts'
import { connections, post } from './send.ts'

const records: readonly Endpoint[] = endpoints

describe('what endpoints ask for is what clients know', () => {
  test('the list of what clients know is whole', () => {
    assert.equal(Object.keys(known).length, 433)
  })

  test('an endpoint is known or listed as our own, and every exception is of an endpoint there is', () => {
    const paths = records.map(({ path }) => path)
    assert.deepEqual(
      paths.filter((path) => !(path in known)),
      ourOwn,
    )
    for (const path of Object.keys(exceptions)) assert.ok(paths.includes(path), path)
  })

  for (const record of records.filter(({ path }) => !ourOwn.includes(path))) {
    test(record.path, () => {
      const { errors, ...asked } = expected(record.path)
      assert.deepEqual(
        {
          auth: record.auth,
          permission: record.permission,
          secure: record.secure,
          policy: record.policy ?? null,
          prohibitMoved: record.refusedToMoved ?? false,
          get: record.get ?? null,
          limit: record.limit ?? null,
        },
        asked,
      )
      for (const { code, id, status = 400 } of Object.values(record.errors)) {
        const same = errors.find((error) => error.id === id || error.code === code)
        if (same) assert.deepEqual({ code, status, id }, same)
      }
    })
  }
})

/** Someone who calls, as far as the gate is concerned. */
interface Caller {
  name: string
  token: string | null
  by: 'nobody' | 'stranger' | 'session' | 'app'
  holdsPermission?: boolean
  isSuspended?: boolean
  hasMoved?: boolean
  isAdministrator?: boolean
}

/** Policies that everyone has, unless a role or the server says otherwise. */
const grantedToAll = ['canCreateChannel']

/** What the gate says to a caller; null when it lets them through. The order is that of the API. */
function verdict(asked: Known, caller: Caller): Refusal | null {
  const needsPerson = asked.auth !== 'none'
  if (caller.by === 'stranger') return refusals.unknownToken
  if (asked.secure && caller.by !== 'session') return refusals.accessDenied
  if (needsPerson && caller.by === 'nobody') return refusals.noToken
  if (needsPerson && caller.isSuspended) return refusals.suspended
  if (asked.prohibitMoved && caller.hasMoved) return refusals.moved
  if (asked.auth === 'moderator' && !caller.isAdministrator) return refusals.notModerator
  if (asked.auth === 'admin' && !caller.isAdministrator) return refusals.notAdministrator
  if (asked.policy && !grantedToAll.includes(asked.policy) && !caller.isAdministrator) return refusals.noPolicy
  if (caller.by !== 'app' || asked.permission === 'any') return null
  const suffices = asked.permission === null ? !needsPerson : caller.holdsPermission
  return suffices ? null : refusals.noPermission
}

/** Suspends carol and moves bob, and makes every caller there is for endpoints that ask for a permission. */
async function makeCallers(server: TestServer): Promise<(permission: string | null) => Promise<Caller[]>> {
  const { admin, alice, bob, carol } = server
  await server.ctx.transact(async (tx) => {
    await tx.updateTable('user').set({ isSuspended: true }).where('id', '=', carol.id).execute()
    await tx.updateTable('user').set({ movedToId: alice.id }).where('id', '=', bob.id).execute()
  })
  const minted = new Map<string, string>()
  async function tokenOf({ id }: Person, held: readonly string[]): Promise<string> {
    const key = `${id} ${held.join()}`
    const request = { session: null, name: null, description: null, iconUrl: null, expiresAt: null }
    const issued = minted.get(key) ?? (await issueToken(server.ctx, id, { ...request, permissions: held }))
    assert.notEqual(issued, 'sessionUsed')
    const token = typeof issued === 'string' ? issued : issued.token
    minted.set(key, token)
    return token
  }
  return async (permission) => {
    // Where one permission is asked for, the one token has nothing else and the other has everything else.
    const isOne = permission !== null && permission !== 'any'
    const enough = isOne ? [permission] : permissions
    const others = isOne ? permissions.filter((name) => name !== permission) : []
    const app = async (name: string, person: Person, holdsPermission: boolean, more: Partial<Caller> = {}) => ({
      name: `an app of ${name} ${holdsPermission ? 'with' : 'without'} the permission`,
      token: await tokenOf(person, holdsPermission ? enough : others),
      by: 'app' as const,
      holdsPermission,
      ...more,
    })
    return [
      { name: 'nobody', token: null, by: 'nobody' },
      { name: 'an unknown session', token: 'x'.repeat(16), by: 'stranger' },
      { name: 'an unknown app', token: 'x'.repeat(32), by: 'stranger' },
      { name: 'a person', token: alice.token, by: 'session' },
      { name: 'the administrator', token: admin.token, by: 'session', isAdministrator: true },
      { name: 'a suspended person', token: carol.token, by: 'session', isSuspended: true },
      { name: 'a person who moved', token: bob.token, by: 'session', hasMoved: true },
      await app('a person', alice, false),
      await app('a person', alice, true),
      await app('the administrator', admin, false, { isAdministrator: true }),
      await app('the administrator', admin, true, { isAdministrator: true }),
      await app('a suspended person', carol, false, { isSuspended: true }),
      await app('a suspended person', carol, true, { isSuspended: true }),
      await app('a person who moved', bob, false, { hasMoved: true }),
      await app('a person who moved', bob, true, { hasMoved: true }),
    ]
  }
}

/** Parameters no endpoint takes: who gets to hear so has passed the gate, and nothing is done. */
const NO_PARAMETERS = '[]'

onEachDatabase('the gate', (open) => {
  test('lets through whom it should, and says to everyone else what clients know', async () => {
    await using server = await open()
    using agent = connections()
    // The one that everyone has by default.
    await changeSettings(server.ctx, { policies: { canSearchUsers: false } })
    const callersFor = await makeCallers(server)
    for (const { path } of records) {
      const asked = expected(path)
      for (const caller of await callersFor(asked.permission)) {
        const headers: Record<string, string> = caller.token ? { authorization: `Bearer ${caller.token}` } : {}
        const received = await post(agent, server.origin, path, NO_PARAMETERS, headers)
        const what = `${caller.name} → ${path}`
        const refused = verdict(asked, caller)
        assertRefused(received, refused ?? refusals.invalidParam, what)
        if (!refused) assert.equal(received.body.error.info.param, '#/type', what)
      }
    }
  })

  test('a policy the server grants everyone lets everyone through', async () => {
    await using server = await open()
    using agent = connections()
    await changeSettings(server.ctx, { policies: { canInvite: true } })
    const as = (token: string) => ({ authorization: `Bearer ${token}` })
    const received = await post(agent, server.origin, 'invite/create', NO_PARAMETERS, as(server.alice.token))
    assertRefused(received, refusals.invalidParam)
  })

  test('an application ends its own token and no other', async () => {
    await using server = await open()
    const { alice } = server
    const { body: apps } = await server.call('i/apps', {}, alice)
    const request = { session: null, name: 'other', permission: [] }
    const { body: other } = await server.call('miauth/gen-token', request, alice)
    const refused = await server.call('i/revoke-token', { token: other.token }, alice.appToken)
    assert.equal(refused.status, 403)
    assert.equal(refused.body.error.id, 'fc20d118-5705-4462-b6c5-2b5b43092cf3')
    assert.equal((await server.call('i/revoke-token', { tokenId: apps[0].id }, other.token)).status, 403)
    assert.equal((await server.call('i/revoke-token', { token: other.token }, other.token)).status, 204)
    assert.equal((await server.call('ping', {}, other.token)).status, 401)
    assert.equal((await server.call('ping', {}, alice.appToken)).status, 200)
  })

  test('a server is emptied only where its settings allow it', async () => {
    await using server = await open({ settings: { 'allow-reset': 'off' } })
    for (const person of [null, server.alice, server.admin]) {
      const { status, body } = await server.call('reset-db', {}, person)
      assert.deepEqual([status, body.error.code], [403, 'RESET_NOT_ALLOWED'])
    }
    await using open_ = await open()
    assert.equal((await open_.call('reset-db')).status, 204)
  })
})
