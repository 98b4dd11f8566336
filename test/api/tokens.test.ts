import assert from 'node:assert/strict'
import { test } from 'node:test'
import { principalOf } from '../../src/access/principal.ts'
import { recordUses } from '../../src/access/uses.ts'
import { toJson } from '../../src/db/schema/json.ts'
import { onEachDatabase, type Person, readAnswer, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertHas, assertInvalid, assertShape, bodyOf } from './expect.ts'

/** Makes a token by hand. */
const issue = async (server: TestServer, as: Person, params: object = {}): Promise<string> => {
  const asked = { session: null, permission: ['read:account'], ...params }
  return bodyOf(await server.call('miauth/gen-token', asked, as)).token
}

const apps = async (server: TestServer, as: Person, params: object = {}) =>
  bodyOf(await server.call('i/apps', params, as))

const idOf = async (server: TestServer, as: Person, name: string): Promise<string> =>
  (await apps(server, as)).find((one: { name?: string }) => one.name === name).id

const isDead = async (server: TestServer, token: string): Promise<boolean> => {
  const { status, body } = await server.call('i', {}, token)
  if (status === 200) return false
  assert.deepEqual([status, body.error.code], [401, 'AUTHENTICATION_FAILED'])
  return true
}

onEachDatabase('tokens', (open) => {
  test('a token made by hand works, is listed with what it may, and is shown once', async () => {
    await using server = await open()
    const { alice } = server
    const asked = { name: 'Mine', description: 'for scripts', iconUrl: 'https://app.example/icon.png' }
    const token = await issue(server, alice, { ...asked, permission: ['read:account', 'write:notes'] })
    assert.match(token, /^[0-9a-zA-Z]{32}$/)
    assert.equal(bodyOf(await server.call('i', {}, token)).id, alice.id)
    const [, listed] = await apps(server, alice)
    assertShape(listed, 'appGrant')
    assertHas(listed, { ...asked, permission: ['read:account', 'write:notes'] })
    await issue(server, alice, { permission: [] })
    assertHas((await apps(server, alice)).at(-1), { name: 'absent', permission: [], iconUrl: null, description: null })
    assert.ok(!JSON.stringify(await apps(server, alice)).includes(token))
    assertInvalid(await server.call('miauth/gen-token', { permission: [] }, alice), '#/required')
    const doubled = { session: null, permission: ['read:account', 'read:account'] }
    assertInvalid(await server.call('miauth/gen-token', doubled, alice), '#/properties/permission/uniqueItems')
  })

  test('a token past its end is refused like one that never was', async () => {
    await using server = await open()
    const { alice } = server
    const expiresAt = Date.now() + 3_600_000
    const [first, second] = [
      await issue(server, alice, { name: 'grant', expiresAt }),
      await issue(server, alice, { name: 'token', expiresAt }),
    ]
    assert.deepEqual([await isDead(server, first), await isDead(server, second)], [false, false])
    const past = { expiresAt: Date.now() - 1 }
    const [grantId, tokenOf] = [await idOf(server, alice, 'grant'), await idOf(server, alice, 'token')]
    await server.ctx.transact(async (tx) => {
      await tx.updateTable('grant').set(past).where('id', '=', grantId).execute()
      await tx.updateTable('accessToken').set(past).where('grantId', '=', tokenOf).execute()
    })
    // No end is ever moved while a token is in use: this stands for the time that passes.
    server.ctx.bus.publish({ type: 'gap' })
    assert.deepEqual([await isDead(server, first), await isDead(server, second)], [true, true])
    const over = await server.call('miauth/gen-token', { session: null, permission: [], expiresAt: 1000 }, alice)
    assert.deepEqual([over.status, over.body.error.code], [400, 'EXPIRES_AT_IS_PAST'])
  })

  test('tokens are listed in any of four orders', async () => {
    await using server = await open()
    const { alice } = server
    for (const name of ['one', 'two', 'three']) await issue(server, alice, { name })
    const use = async (name: string, lastUsedAt: number) => {
      const grantId = await idOf(server, alice, name)
      await server.ctx.transact((tx) =>
        tx.updateTable('accessToken').set({ lastUsedAt }).where('grantId', '=', grantId).execute(),
      )
    }
    await use('two', Date.UTC(2026, 0, 2))
    await use('three', Date.UTC(2026, 0, 1))
    for (const [sort, expected] of [
      [undefined, 'dev one two three'],
      ['-createdAt', 'dev one two three'],
      ['+createdAt', 'three two one dev'],
      ['-lastUsedAt', 'dev one three two'],
      ['+lastUsedAt', 'two three one dev'],
    ] as const) {
      const listed = await apps(server, alice, { sort })
      assert.equal(listed.map(({ name }: { name: string }) => name).join(' '), expected, String(sort))
    }
    const [two] = await apps(server, alice, { sort: '+lastUsedAt' })
    assert.equal(two.lastUsedAt, '2026-01-02T00:00:00.000Z')
    assertInvalid(await server.call('i/apps', { sort: 'createdAt' }, alice), '#/properties/sort/enum')
  })

  test('the use of a token is written down', async () => {
    await using server = await open()
    const { alice } = server
    const before = Date.now()
    const principal = await principalOf(server.ctx, await issue(server, alice, { name: 'used' }))
    const uses = recordUses(server.ctx)
    uses.note(principal!)
    await uses.close()
    const { lastUsedAt } = (await apps(server, alice)).at(-1)
    assert.ok(Date.parse(lastUsedAt) >= before && Date.parse(lastUsedAt) <= Date.now(), lastUsedAt)
    assert.equal(bodyOf(await server.call('users/show', { userId: alice.id })).onlineStatus, 'online')
  })

  test('a person revokes tokens by id and by value, their own only', async () => {
    await using server = await open()
    const { alice, bob } = server
    const [byId, byValue] = [await issue(server, alice, { name: 'a' }), await issue(server, alice, { name: 'b' })]
    const revoke = (params: object, as: Person | string | null) => server.call('i/revoke-token', params, as)
    const id = await idOf(server, alice, 'a')
    assertEmpty(await revoke({ tokenId: id }, bob))
    assertEmpty(await revoke({ token: byValue }, bob))
    assert.deepEqual([await isDead(server, byId), await isDead(server, byValue)], [false, false])
    assertEmpty(await revoke({ tokenId: id }, alice))
    assertEmpty(await revoke({ token: byValue }, alice))
    assert.deepEqual([await isDead(server, byId), await isDead(server, byValue)], [true, true])
    for (const params of [
      { tokenId: id },
      { tokenId: 'aaaaaaaaaaaaaaaa' },
      { token: byValue },
      { token: null },
      { token: '' },
    ])
      assertEmpty(await revoke(params, alice))
    assertInvalid(await revoke({}, alice), '#/anyOf/0/required')
    assert.equal((await revoke({ tokenId: id }, null)).body.error.code, 'CREDENTIAL_REQUIRED')
    assert.equal(bodyOf(await server.call('i', {}, alice)).id, alice.id)
  })

  test('an application revokes itself and nothing else', async () => {
    await using server = await open()
    const { alice } = server
    const permission: string[] = []
    const first = await issue(server, alice, { name: 'first', permission })
    const second = await issue(server, alice, { name: 'second', permission })
    const third = await issue(server, alice, { name: 'third' })
    const revoke = (params: object, as: string) => server.call('i/revoke-token', params, as)
    const thirdId = await idOf(server, alice, 'third')
    assertError(await revoke({ token: third }, first), 'i/revoke-token', 'PERMISSION_DENIED')
    assertError(await revoke({ tokenId: thirdId }, first), 'i/revoke-token', 'PERMISSION_DENIED')
    assertEmpty(await revoke({ tokenId: 'aaaaaaaaaaaaaaaa' }, first))
    assertEmpty(await revoke({ token: alice.token }, first))
    assertEmpty(await revoke({ token: first }, first))
    assertEmpty(await revoke({ tokenId: await idOf(server, alice, 'second') }, second))
    const dead = await Promise.all([first, second].map((token) => server.call('ping', {}, token)))
    assert.deepEqual(
      dead.map(({ status }) => status),
      [401, 401],
    )
    assert.deepEqual([await isDead(server, third), await isDead(server, alice.token)], [false, false])
  })

  test('a MiAuth session is claimed once, by any request at all', async () => {
    await using server = await open()
    const { alice } = server
    const check = async (session: string, init: RequestInit = {}) =>
      bodyOf(await readAnswer(await fetch(`${server.origin}/api/miauth/${session}/check`, { method: 'POST', ...init })))
    assert.deepEqual(await check('never-heard-of'), { ok: false })
    const own = await issue(server, alice, { session: 'session-1', name: 'App', permission: ['read:account'] })
    const claims = await Promise.all([
      check('session-1'),
      check('session-1', { body: 'text', headers: { 'content-type': 'text/plain' } }),
      check('session-1', { body: '{}', headers: { 'content-type': 'application/json' } }),
    ])
    const [claimed] = claims.filter(({ ok }) => ok)
    assert.equal(claims.filter(({ ok }) => ok).length, 1, 'one of several at once gets the token')
    assertShape(claimed.user, 'UserLite', 'detailed')
    assert.notEqual(claimed.token, own)
    for (const token of [claimed.token, own]) assert.equal(bodyOf(await server.call('i', {}, token)).id, alice.id)
    assert.equal((await apps(server, alice)).filter(({ name }: { name: string }) => name === 'App').length, 1)
    const again = await server.call('miauth/gen-token', { session: 'session-1', permission: [] }, alice)
    assert.deepEqual([again.status, again.body.error.code], [400, 'SESSION_USED'])
    assertEmpty(await server.call('i/revoke-token', { token: own }, alice))
    assert.ok(await isDead(server, claimed.token), 'both tokens are of one grant')
  })

  test('registered applications are listed once each, by their latest grant', async () => {
    await using server = await open()
    const { alice, bob } = server
    const app = (id: string) => ({
      id,
      name: `App ${id}`,
      description: '',
      userId: null,
      secretDigest: id,
      permission: toJson(['read:account']),
      callbackUrl: id === 'a' ? 'https://app.example/cb' : null,
    })
    await server.ctx.transact((tx) => tx.insertInto('app').values(['a', 'b', 'c'].map(app)).execute())
    for (const [person, name, appId] of [
      [alice, 'one', 'a'],
      [alice, 'two', 'b'],
      [alice, 'three', 'a'],
      [bob, 'four', 'c'],
    ] as const) {
      await issue(server, person, { name })
      const id = await idOf(server, person, name)
      await server.ctx.transact((tx) => tx.updateTable('grant').set({ appId }).where('id', '=', id).execute())
    }
    const list = async (params: object) => bodyOf(await server.call('i/authorized-apps', params, alice))
    const names = async (params: object) => (await list(params)).map(({ name }: { name: string }) => name)
    assert.deepEqual(await list({ limit: 1 }), [
      {
        id: 'a',
        name: 'App a',
        callbackUrl: 'https://app.example/cb',
        permission: ['read:account'],
        isAuthorized: true,
      },
    ])
    assert.deepEqual(await names({}), ['App a', 'App b'])
    assert.deepEqual(await names({ sort: 'asc' }), ['App b', 'App a'])
    assert.deepEqual(await names({ offset: 1 }), ['App b'])
  })
})
