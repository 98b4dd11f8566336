import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertHas, assertInvalid, assertShape, bodyOf } from './expect.ts'
import { makeRole } from './roles.ts'

const nobody = 'aaaaaaaaaaaaaaaa'
const DAY = 86_400_000

const set = (server: TestServer, { id }: Person, values: object) =>
  server.ctx.transact((tx) => tx.updateTable('user').set(values).where('id', '=', id).execute())

onEachDatabase('users', (open) => {
  test('everybody is listed in any order, in parts', async () => {
    await using server = await open()
    const { admin, alice, bob, carol } = server
    const now = Date.now()
    await set(server, admin, { followersCount: 2, updatedAt: null })
    await set(server, alice, { followersCount: 5, updatedAt: now - 3 })
    await set(server, bob, { followersCount: 2, updatedAt: now - 1 })
    await set(server, carol, { followersCount: 1, updatedAt: now - 6 * DAY })
    const names = async (params: object, as: Person | null = null): Promise<string> =>
      bodyOf(await server.call('users', params, as))
        .map(({ username }: Person) => username)
        .join(' ')
    for (const [params, expected] of [
      [{}, 'admin alice bob carol'],
      [{ sort: '-createdAt' }, 'admin alice bob carol'],
      [{ sort: '+createdAt' }, 'carol bob alice admin'],
      [{ sort: '+follower' }, 'alice bob admin carol'],
      [{ sort: '-follower' }, 'carol admin bob alice'],
      [{ sort: '+updatedAt' }, 'bob alice carol'],
      [{ sort: '-updatedAt' }, 'carol alice bob'],
      [{ limit: 2 }, 'admin alice'],
      [{ limit: 2, offset: 1 }, 'alice bob'],
      [{ offset: 4 }, ''],
      [{ state: 'alive' }, 'alice bob'],
      [{ state: 'alive', sort: '+follower' }, 'alice bob'],
      [{ origin: 'combined' }, 'admin alice bob carol'],
      [{ origin: 'local', hostname: null }, 'admin alice bob carol'],
      [{ origin: 'remote' }, ''],
      [{ origin: 'combined', hostname: 'elsewhere.example' }, ''],
    ] as const) {
      assert.equal(await names(params), expected, JSON.stringify(params))
    }
    await set(server, alice, { isExplorable: false })
    await set(server, bob, { isSuspended: true })
    assert.equal(await names({}), 'admin carol')
    assertInvalid(await server.call('users', { sort: 'follower' }), '#/properties/sort/enum')
    assertInvalid(await server.call('users', { offset: -1 }), '#/properties/offset/minimum')
  })

  test('whom one has muted, and blocks in either direction, are left out; oneself is not', async () => {
    await using server = await open()
    const { alice, bob, carol, admin } = server
    const list = async (as: Person) => bodyOf(await server.call('users', {}, as))
    const names = async (as: Person) => (await list(as)).map(({ username }: Person) => username)
    assert.deepEqual(await names(alice), ['admin', 'alice', 'bob', 'carol'])
    assertEmpty(await server.call('mute/create', { userId: bob.id }, alice))
    assert.deepEqual(await names(alice), ['admin', 'alice', 'carol'])
    bodyOf(await server.call('blocking/create', { userId: alice.id }, carol))
    assert.deepEqual(await names(alice), ['admin', 'alice'])
    bodyOf(await server.call('blocking/create', { userId: admin.id }, alice))
    assert.deepEqual(await names(alice), ['alice'])
    assert.deepEqual(await names(bob), ['admin', 'alice', 'bob', 'carol'])
    const [me] = await list(alice)
    assertShape(me, 'UserLite', 'detailed', 'me')
    assertShape((await list(bob))[0], 'UserLite', 'detailed', 'relation')
    const mute = { muterId: alice.id, muteeId: bob.id }
    await server.ctx.transact((tx) =>
      tx.updateTable('muting').set({ expiresAt: 1 }).where('muterId', '=', mute.muterId).execute(),
    )
    assert.deepEqual(await names(alice), ['alice', 'bob'], 'a mute that has ended')
  })

  test('a memo is seen by whoever wrote it, wherever the person is shown in full', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const path = 'users/update-memo'
    const memo = async (of: Person, as: Person | null) =>
      bodyOf(await server.call('users/show', { userId: of.id }, as)).memo
    const write = (userId: string, text: string | null) => server.call(path, { userId, memo: text }, bob)
    assertEmpty(await write(alice.id, 'a friend'))
    assert.deepEqual(
      [await memo(alice, bob), await memo(alice, carol), await memo(alice, null)],
      ['a friend', null, null],
    )
    assertEmpty(await write(alice.id, 'an old friend'))
    assertEmpty(await write(bob.id, 'that is me'))
    assert.deepEqual([await memo(alice, bob), await memo(bob, bob)], ['an old friend', 'that is me'])
    assert.equal(bodyOf(await server.call('i', {}, bob)).memo, 'that is me')
    assertEmpty(await write(alice.id, ''))
    assertEmpty(await write(bob.id, null))
    assert.deepEqual([await memo(alice, bob), await memo(bob, bob)], [null, null])
    assertError(await write(nobody, 'x'), path, 'NO_SUCH_USER')
    assertInvalid(await server.call(path, { userId: alice.id }, bob), '#/required')
  })

  test('people are reported to the moderators', async () => {
    await using server = await open()
    const { admin, alice, bob, carol } = server
    const path = 'users/report-abuse'
    const report = (userId: string) => server.call(path, { userId, comment: 'spam' }, bob)
    assertEmpty(await report(alice.id))
    assertError(await report(nobody), path, 'NO_SUCH_USER')
    assertError(await report(bob.id), path, 'CANNOT_REPORT_YOURSELF')
    assertError(await report(admin.id), path, 'CANNOT_REPORT_THE_ADMIN')
    const roleId = await makeRole(server, { isAdministrator: true })
    assertEmpty(await server.call('admin/roles/assign', { roleId, userId: carol.id }, admin))
    assertError(await report(carol.id), path, 'CANNOT_REPORT_THE_ADMIN')
    assertInvalid(await server.call(path, { userId: alice.id, comment: '' }, bob), '#/properties/comment/minLength')
    const kept = await server.ctx.db.selectFrom('abuseReport').selectAll().execute()
    assert.equal(kept.length, 1)
    assertHas({ ...kept[0] }, { targetUserId: alice.id, reporterId: bob.id, comment: 'spam', resolved: false })
  })

  test('who is suspended and who cannot be', async () => {
    await using server = await open()
    const { admin, alice, bob, carol } = server
    const act = (path: string, { id }: { id: string }, as = admin) => server.call(path, { userId: id }, as)
    const refused = async (path: string, to: { id: string }, code: string) => {
      const { status, body } = await act(path, to)
      assert.deepEqual([status, body.error.code], [400, code])
    }
    assert.equal((await act('admin/suspend-user', alice, bob)).status, 403)
    await refused('admin/suspend-user', { id: nobody }, 'NO_SUCH_USER')
    await refused('admin/unsuspend-user', { id: nobody }, 'NO_SUCH_USER')
    await refused('admin/suspend-user', admin, 'CANNOT_SUSPEND_MODERATOR')
    const roleId = await makeRole(server, { isModerator: true })
    assertEmpty(await server.call('admin/roles/assign', { roleId, userId: bob.id }, admin))
    await refused('admin/suspend-user', bob, 'CANNOT_SUSPEND_MODERATOR')
    const { createdNote } = bodyOf(await server.call('notes/create', { text: 'before' }, alice))
    const timeline = async () =>
      bodyOf(await server.call('notes/local-timeline', {}, carol)).map(({ id }: { id: string }) => id)
    assertEmpty(await act('admin/suspend-user', alice, bob))
    assert.deepEqual(await timeline(), [])
    for (const token of [alice.token, alice.appToken]) {
      const { status, body } = await server.call('i', {}, token)
      assert.deepEqual([status, body.error.code], [403, 'YOUR_ACCOUNT_SUSPENDED'])
    }
    assert.equal((await server.call('meta', {}, alice)).status, 200, 'what needs nobody is open to them')
    assertError(await server.call('users/show', { userId: alice.id }, carol), 'users/show', 'NO_SUCH_USER')
    assertHas(bodyOf(await server.call('users/show', { userId: alice.id }, bob)), { isSuspended: true })
    assert.equal((await server.call('signin-flow', { username: 'alice', password: 'mamekey' })).status, 403)
    assertEmpty(await act('admin/unsuspend-user', alice))
    assert.deepEqual(await timeline(), [createdNote.id])
    assertHas(bodyOf(await server.call('i', {}, alice)), { isSuspended: false })
  })

  test('how much there is, and who is here', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const { createdNote } = bodyOf(await server.call('notes/create', { text: 'one' }, alice))
    bodyOf(await server.call('notes/create', { text: 'two' }, bob))
    await server.ctx.transact((tx) =>
      tx.insertInto('reaction').values({ id: 'r', noteId: createdNote.id, userId: bob.id, reaction: '👍' }).execute(),
    )
    const now = Date.now()
    await set(server, server.admin, { lastActiveAt: null })
    await set(server, alice, { lastActiveAt: now - 9 * 60_000 })
    await set(server, bob, { lastActiveAt: now - 11 * 60_000 })
    await set(server, carol, { lastActiveAt: now, hideOnlineStatus: true })
    assert.deepEqual(bodyOf(await server.call('get-online-users-count')), { count: 2 })
    assert.deepEqual(bodyOf(await server.call('stats')), {
      notesCount: 2,
      originalNotesCount: 2,
      usersCount: 4,
      originalUsersCount: 4,
      reactionsCount: 1,
      instances: 0,
      driveUsageLocal: 0,
      driveUsageRemote: 0,
    })
    // Counting all there is takes long: whoever asks again and again is told the same.
    await server.call('notes/create', { text: 'one more' }, server.alice)
    assert.equal(bodyOf(await server.call('stats')).notesCount, 2)
    server.ctx.bus.publish({ type: 'gap' })
    assert.equal(bodyOf(await server.call('stats')).notesCount, 3)
  })
})
