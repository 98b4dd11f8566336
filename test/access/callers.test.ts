import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Callers, knowCallers } from '../../src/access/callers.ts'
import { lookUp } from '../../src/access/principal.ts'
import { endSession, endSessionsOf } from '../../src/access/session.ts'
import { digestOf } from '../../src/access/token.ts'
import type { BusEvent } from '../../src/bus/bus.ts'
import { seed } from '../../src/cli/seed.ts'
import { readConfig } from '../../src/config/config.ts'
import { changeSettings } from '../../src/core/settings.ts'
import { start } from '../../src/server.ts'
import { countStatements } from '../api/count-statements.ts'
import { assertEmpty, bodyOf } from '../api/expect.ts'
import { makeRole, own } from '../api/roles.ts'
import { available, missing } from '../require.ts'
import { call, onEachDatabase, type Person, postgresSchema, type TestServer } from '../server.ts'

async function known(server: TestServer): Promise<{ callers: Callers } & Disposable> {
  const callers = knowCallers(server.ctx)
  return { callers, [Symbol.dispose]: () => callers.close() }
}

/** A token of alice's that has just been used, and how it stands. */
async function usedToken(server: TestServer) {
  const { token } = bodyOf(
    await server.call('miauth/gen-token', { session: null, permission: ['read:account'] }, server.alice),
  )
  const status = async () => (await server.call('i', {}, token)).status
  assert.deepEqual([await status(), await status()], [200, 200])
  return { token, status }
}

onEachDatabase('a caller who is known', (open) => {
  test('costs no statement, until something happens to them', async () => {
    await using server = await open()
    using use = await known(server)
    const { alice, bob } = server
    const statements = countStatements(server)
    const cost = async ({ token }: Person) => {
      const before = statements()
      assert.notEqual(await use.callers.principalOf(token), null)
      return statements() - before
    }
    const events: [event: BusEvent, alices: number, bobs: number][] = [
      [{ type: 'note', id: 'x', userId: alice.id }, 0, 0],
      [{ type: 'user', id: alice.id }, 1, 0],
      [{ type: 'roles', userId: alice.id }, 1, 0],
      [{ type: 'tokenRevoked', digest: 'another' }, 0, 0],
      [{ type: 'sessionEnded', digest: digestOf(alice.token), userId: alice.id }, 1, 0],
    ]
    await cost(alice)
    await cost(bob)
    for (const [event, alices, bobs] of events) {
      server.ctx.bus.publish(event)
      assert.deepEqual([await cost(alice), await cost(bob)], [alices, bobs], event.type)
    }
    await server.ctx.settings.reload()
    assert.deepEqual([await cost(alice), await cost(bob)], [1, 1], 'settings and roles that were read anew')
  })

  test('who was looked up while something happened is not remembered as they were', async () => {
    await using server = await open()
    using use = await known(server)
    const { alice } = server
    const looking = use.callers.principalOf(alice.token)
    server.ctx.bus.publish({ type: 'user', id: alice.id })
    await looking
    const statements = countStatements(server)
    await use.callers.principalOf(alice.token)
    assert.equal(statements(), 1)
  })

  test('nobody is remembered past the end of their token or role', async () => {
    await using server = await open()
    const { alice, ctx } = server
    const end = Date.now() + 3_600_000
    const request = { session: null, permission: [], expiresAt: end + 1000 }
    const { token } = bodyOf(await server.call('miauth/gen-token', request, alice))
    assert.equal((await lookUp(ctx, token))?.endsAt, end + 1000)
    assert.equal((await lookUp(ctx, alice.token))?.endsAt, null)
    const roleId = await makeRole(server)
    assertEmpty(await server.call('admin/roles/assign', { roleId, userId: alice.id, expiresAt: end }, server.admin))
    assert.equal((await lookUp(ctx, token))?.endsAt, end)
    assert.equal((await lookUp(ctx, alice.token))?.endsAt, end)
  })

  const revocations: [how: string, act: (server: TestServer, token: string) => Promise<unknown>][] = [
    ['by itself', (server, token) => server.call('i/revoke-token', { token }, token)],
    ['by its person', (server, token) => server.call('i/revoke-token', { token }, server.alice)],
    [
      'by its person, by id',
      async (server) => {
        const apps = bodyOf(await server.call('i/apps', {}, server.alice))
        return server.call('i/revoke-token', { tokenId: apps.at(-1).id }, server.alice)
      },
    ],
    ['by emptying the server', (server) => server.call('reset-db')],
  ]
  for (const [how, act] of revocations) {
    test(`a token in use is dead at once when it is revoked ${how}`, async () => {
      await using server = await open()
      const { token, status } = await usedToken(server)
      await act(server, token)
      assert.equal(await status(), 401)
    })
  }

  test('a session in use is dead at once when it is ended, alone or with all others', async () => {
    await using server = await open()
    const { alice, ctx } = server
    const status = async () => (await server.call('i', {}, alice)).status
    const sessionId = async () =>
      (await ctx.db.selectFrom('session').select('id').where('userId', '=', alice.id).execute())[0]?.id ?? ''
    assert.equal(await status(), 200)
    await endSession(ctx, alice.id, await sessionId())
    assert.equal(await status(), 401)
    const { bob } = server
    assert.equal((await server.call('i', {}, bob)).status, 200)
    await endSessionsOf(ctx, bob.id)
    assert.equal((await server.call('i', {}, bob)).status, 401)
  })

  test('a suspension, a role and a setting hold from the next call on', async () => {
    await using server = await open()
    const { admin, alice } = server
    const { status } = await usedToken(server)
    assertEmpty(await server.call('admin/suspend-user', { userId: alice.id }, admin))
    assert.equal(await status(), 403)
    assertEmpty(await server.call('admin/unsuspend-user', { userId: alice.id }, admin))
    assert.equal(await status(), 200)
    const mayInvite = async () => (await server.call('invite/create', {}, alice)).status !== 403
    assert.equal(await mayInvite(), false)
    await changeSettings(server.ctx, { policies: { canInvite: true } })
    assert.equal(await mayInvite(), true)
    await changeSettings(server.ctx, { policies: {} })
    assert.equal(await mayInvite(), false)
    const roleId = await makeRole(server, { policies: { canInvite: own(true) } })
    assertEmpty(await server.call('admin/roles/assign', { roleId, userId: alice.id }, admin))
    assert.equal(await mayInvite(), true)
    assertEmpty(await server.call('admin/roles/update', { roleId, policies: {} }, admin))
    assert.equal(await mayInvite(), false)
  })
})

const skip = missing('redis') || missing('postgres')

test('two servers on one database: what one ends is dead at the other', { skip, timeout: 60_000 }, async () => {
  const schema = await postgresSchema()
  const bus = `${available('redis')}?prefix=${randomUUID()}`
  const data = mkdtempSync(join(tmpdir(), 'mamekey-test-'))
  const settings = { port: '0', data, bus, database: schema.url, 'rate-limits': 'off', log: 'silent' }
  const one = await start(readConfig(settings, {}), { seed })
  const other = await start(readConfig(settings, {}))
  try {
    const alice = 'aliceDevToken000'
    const admin = 'adminDevToken000'
    const there = async (token: string, path = 'i') => (await call(other.origin, path, {}, token)).status
    /** Long before what is remembered would be forgotten by itself. */
    async function soon(token: string, path: string, expected: number) {
      const deadline = Date.now() + 2_000
      for (let status = 0; ; ) {
        status = await there(token, path)
        if (status === expected) return
        assert.ok(Date.now() < deadline, `${path} still answers ${status}`)
      }
    }
    const issued = await call(one.origin, 'miauth/gen-token', { session: null, permission: ['read:account'] }, alice)
    const { token } = bodyOf(issued)
    assert.equal(await there(token), 200)
    assertEmpty(await call(one.origin, 'i/revoke-token', { token }, alice))
    await soon(token, 'i', 401)
    assert.equal(await there(alice), 200)
    const { id: userId } = bodyOf(await call(one.origin, 'i', {}, alice))
    assertEmpty(await call(one.origin, 'admin/suspend-user', { userId }, admin))
    await soon(alice, 'i', 403)
    assertEmpty(await call(one.origin, 'admin/unsuspend-user', { userId }, admin))
    await soon(alice, 'i', 200)
    assert.equal(await there(alice, 'admin/roles/list'), 403)
    const role = {
      ...{ name: 'x', description: '', color: null, iconUrl: null, target: 'manual', condFormula: {}, policies: {} },
      ...{ isPublic: false, isModerator: true, isAdministrator: false, asBadge: false, displayOrder: 0 },
      canEditMembersByModerator: false,
    }
    const { id: roleId } = bodyOf(await call(one.origin, 'admin/roles/create', role, admin))
    assertEmpty(await call(one.origin, 'admin/roles/assign', { roleId, userId }, admin))
    await soon(alice, 'admin/roles/list', 200)
    assertEmpty(await call(one.origin, 'admin/roles/delete', { roleId }, admin))
    await soon(alice, 'admin/roles/list', 403)
  } finally {
    await one.stop()
    await other.stop()
    await schema.drop()
    rmSync(data, { recursive: true, force: true })
  }
})
