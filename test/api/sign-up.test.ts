import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { describe, test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { type Answer, call, onEachDatabase, type TestServer, testServer } from '../server.ts'
import { assertError, assertHas, assertShape, bodyOf } from './expect.ts'

const password = 'a password'

/** Calls a server at the port it listens on, whatever its public origin. */
const reach = (server: TestServer, path: string, params: object): Promise<Answer> =>
  call(`http://localhost:${(server.server.app.server.address() as AddressInfo).port}`, path, params, null)

/** Clients look for the code in the message. */
function assertRefused({ status, body }: Answer, code: string): void {
  assert.deepEqual([status, body.message, body.error?.code], [400, code, code], JSON.stringify(body))
}

const signUp = (server: TestServer, params: object) => reach(server, 'signup', { password, ...params })

onEachDatabase('signup', (open) => {
  test('an account is made and signed in, and its name is taken for ever', async () => {
    await using server = await open({ settings: { registration: 'open' } })
    const made = bodyOf(await signUp(server, { username: 'Dora' }))
    assertShape(made, 'UserLite', 'detailed', 'me', 'secrets', 'token')
    assertHas(made, { username: 'Dora', name: null, isAdmin: false, notesCount: 0, loggedInDays: 0 })
    assert.match(made.token, /^[0-9a-zA-Z]{16}$/)
    assert.equal(bodyOf(await server.call('i', {}, made.token)).id, made.id)
    assertHas(bodyOf(await server.call('users/show', { username: 'dora' })), { id: made.id, username: 'Dora' })
    for (const [params, code] of [
      [{ username: 'dora' }, 'DUPLICATED_USERNAME'],
      [{ username: 'ALICE' }, 'DUPLICATED_USERNAME'],
      [{ username: 'maintainer' }, 'USED_USERNAME'],
      [{ username: 'no spaces' }, 'INVALID_USERNAME'],
      [{ username: 'a'.repeat(21) }, 'INVALID_USERNAME'],
      [{ username: '' }, 'INVALID_USERNAME'],
      [{}, 'INVALID_USERNAME'],
      [{ username: 'zoe', password: '' }, 'INVALID_PASSWORD'],
      [{ username: 'zoe', password: undefined }, 'INVALID_PASSWORD'],
    ] as const) {
      assertRefused(await signUp(server, params), code)
    }
    await server.ctx.transact((tx) =>
      tx.updateTable('user').set({ isDeleted: true }).where('id', '=', made.id).execute(),
    )
    assertRefused(await signUp(server, { username: 'dora' }), 'USED_USERNAME')
  })

  test('who may sign up is what the administrator says, else what the server was started with', async () => {
    await using server = await open()
    assertRefused(await signUp(server, { username: 'dora' }), 'REGISTRATION_CLOSED')
    await changeSettings(server.ctx, { registration: 'invite' })
    assertRefused(await signUp(server, { username: 'dora' }), 'INVALID_INVITATION_CODE')
    await changeSettings(server.ctx, { registration: 'open' })
    bodyOf(await signUp(server, { username: 'dora' }))
    assertHas(bodyOf(await server.call('meta')), { disableRegistration: false })
  })

  test('an invitation lets one person in, until its end', async () => {
    await using server = await open({ settings: { registration: 'invite' } })
    const [first, second] = bodyOf(await server.call('admin/invite/create', { count: 2 }, server.admin))
    const enter = (username: string, invitationCode: string) => signUp(server, { username, invitationCode })
    assertRefused(await enter('dora', 'NOPE'), 'INVALID_INVITATION_CODE')
    assertRefused(await enter('alice', first.code), 'DUPLICATED_USERNAME')
    const answers = await Promise.all([enter('dora', first.code), enter('emil', first.code)])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400], 'a failed try does not use it up')
    assertRefused(await enter('fred', first.code), 'INVALID_INVITATION_CODE')
    const past = { expiresAt: Date.now() - 1 }
    await server.ctx.transact((tx) => tx.updateTable('invitation').set(past).where('id', '=', second.id).execute())
    assertRefused(await enter('fred', second.code), 'INVALID_INVITATION_CODE')
    const { available } = bodyOf(await server.call('username/available', { username: 'fred' }))
    assert.ok(available, 'a name is not taken by those who did not get in')
  })

  test('the first account administers the server; of several at once one is the first', async () => {
    await using server = await open({ empty: true })
    assertHas(bodyOf(await server.call('meta')), { requireSetup: true })
    const answers = await Promise.all(['dora', 'emil'].map((username) => signUp(server, { username })))
    const [made] = answers.filter(({ status }) => status === 200)
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400])
    assertHas(made!.body, { isAdmin: true, isModerator: true })
    assertHas(bodyOf(await server.call('i', {}, made!.body.token)), { isAdmin: true })
    assertHas(bodyOf(await server.call('meta')), { requireSetup: false })
    assertRefused(await signUp(server, { username: 'fred' }), 'REGISTRATION_CLOSED')
  })

  test('username/available', async () => {
    await using server = await open()
    for (const [username, expected] of [
      ['dora', true],
      ['alice', false],
      ['ALICE', false],
      ['root', false],
      ['Misskey', false],
    ] as const) {
      assert.deepEqual(bodyOf(await server.call('username/available', { username })), { available: expected }, username)
    }
    const malformed = await server.call('username/available', { username: 'bad-name' })
    assert.equal(malformed.body.error.info.param, '#/properties/username/pattern')
  })

  test('admin/accounts/create is for administrators signed in themselves', async () => {
    await using server = await open()
    const path = 'admin/accounts/create'
    const make = (username: string, as: TestServer['admin'] | string | null) =>
      server.call(path, { username, password }, as)
    for (const caller of [null, server.alice, server.alice.appToken, server.admin.appToken]) {
      assertError(await make('dora', caller), path, 'ACCESS_DENIED')
    }
    const made = bodyOf(await make('maintainer', server.admin))
    assertShape(made, 'UserLite', 'detailed', 'me', 'secrets', 'token')
    assertHas(made, { username: 'maintainer', isAdmin: false })
    assert.equal(bodyOf(await server.call('i', {}, made.token)).id, made.id)
    const again = await make('Maintainer', server.admin)
    assert.deepEqual([again.status, again.body.error.code], [400, 'DUPLICATED_USERNAME'])
    const malformed = await make('no spaces', server.admin)
    assert.equal(malformed.body.error.info.param, '#/properties/username/pattern')
  })
})

describe('the setup password', () => {
  const path = 'admin/accounts/create'
  const first = (server: TestServer, setupPassword?: string | null) =>
    reach(server, path, { username: 'dora', password, ...(setupPassword !== undefined && { setupPassword }) })

  test('where there is one, the first account needs it', async () => {
    await using server = await testServer('sqlite', { empty: true, settings: { 'setup-password': 'open sesame' } })
    for (const wrong of [undefined, null, '', 'open sesam', 'OPEN SESAME']) {
      assertError(await first(server, wrong), path, 'INCORRECT_INITIAL_PASSWORD')
      const setupPassword = wrong === undefined ? {} : { setupPassword: wrong }
      assertRefused(await signUp(server, { username: 'dora', ...setupPassword }), 'INCORRECT_INITIAL_PASSWORD')
    }
    assertHas(bodyOf(await first(server, 'open sesame')), { isAdmin: true })
    assertError(await first(server, 'open sesame'), path, 'ACCESS_DENIED')
  })

  test('signing up with it makes the administrator too', async () => {
    await using server = await testServer('sqlite', { empty: true, settings: { 'setup-password': 'open sesame' } })
    assertHas(bodyOf(await signUp(server, { username: 'dora', setupPassword: 'open sesame' })), { isAdmin: true })
  })

  test('without one nobody can be the first where others can reach the server', async () => {
    await using server = await testServer('sqlite', { empty: true, settings: { url: 'https://x.example' } })
    for (const setupPassword of [undefined, null, '', 'guess']) {
      assertError(await first(server, setupPassword), path, 'INCORRECT_INITIAL_PASSWORD')
    }
    assertRefused(await signUp(server, { username: 'dora' }), 'INCORRECT_INITIAL_PASSWORD')
  })

  test('without one the first account can be made on a server nobody else can reach', async () => {
    for (const url of ['http://localhost:1', 'http://127.0.0.1:1', 'http://[::1]:1']) {
      await using server = await testServer('sqlite', { empty: true, settings: { url } })
      assertHas(bodyOf(await first(server)), { isAdmin: true })
    }
  })
})
