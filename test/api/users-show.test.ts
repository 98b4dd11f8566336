import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { setSuspended } from '../../src/db/queries/users.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertError, assertHas, assertInvalid, assertShape, bodyOf } from './expect.ts'

const show = async (server: TestServer, params: object, as: Person | null = null) =>
  bodyOf(await server.call('users/show', params, as))

onEachDatabase('users/show', (open) => {
  test('each viewer is shown the form that is for them', async () => {
    await using server = await open()
    const { alice, bob, admin } = server
    assertShape(await show(server, { userId: alice.id }), 'UserLite', 'detailed')
    assertShape(await show(server, { userId: alice.id }, bob), 'UserLite', 'detailed', 'relation')
    assertShape(await show(server, { userId: alice.id }, admin), 'UserLite', 'detailed', 'relation', 'moderator')
    assertShape(await show(server, { userId: alice.id }, alice), 'UserLite', 'detailed', 'me')
    assertShape(await show(server, { userId: admin.id }, admin), 'UserLite', 'detailed', 'me', 'moderator')
  })

  test('a person who has done nothing yet', async () => {
    await using server = await open()
    const { alice } = server
    const shown = await show(server, { userId: alice.id })
    assertHas(shown, {
      id: alice.id,
      name: 'Alice',
      username: 'alice',
      host: null,
      avatarUrl: `${server.origin}/identicon/alice@${new URL(server.origin).host}`,
      emojis: {},
      badgeRoles: [],
      url: null,
      updatedAt: null,
      notesCount: 0,
      followersCount: 0,
      publicReactions: true,
      followingVisibility: 'public',
      followersVisibility: 'public',
      chatScope: 'mutual',
      canChat: true,
      isSilenced: false,
      roles: [],
      pinnedNotes: [],
      requireSigninToViewContents: 'absent',
    })
    await changeSettings(server.ctx, { policies: { canPublicNote: false, chatAvailability: 'unavailable' } })
    assertHas(await show(server, { userId: alice.id }), { isSilenced: true, canChat: false })
  })

  test('people are found by id and by name in any case', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    for (const params of [
      { userId: alice.id },
      { username: 'alice' },
      { username: 'ALICE' },
      { username: ' Alice ' },
      { username: 'alice', host: null },
      { username: 'alice', host: new URL(server.origin).host },
    ]) {
      assert.equal((await show(server, params)).id, alice.id, JSON.stringify(params))
    }
    const several = [carol.id, 'aaaaaaaaaaaaaaaa', alice.id, bob.id]
    const people = await show(server, { userIds: several }, bob)
    assert.deepEqual(
      people.map(({ id }: { id: string }) => id),
      [carol.id, alice.id, bob.id],
    )
    assertShape(people[0], 'UserLite', 'detailed', 'relation')
    assertShape(people[2], 'UserLite', 'detailed', 'me')
    assert.deepEqual(await show(server, { userIds: [] }), [])
  })

  test('who cannot be shown', async () => {
    await using server = await open()
    const answer = (params: object) => server.call('users/show', params)
    assertError(await answer({ userId: 'aaaaaaaaaaaaaaaa' }), 'users/show', 'NO_SUCH_USER')
    assertError(await answer({ username: 'nobody' }), 'users/show', 'NO_SUCH_USER')
    const elsewhere = { username: 'alice', host: 'elsewhere.invalid' }
    assertError(await answer(elsewhere), 'users/show', 'FAILED_TO_RESOLVE_REMOTE_USER')
    assertInvalid(await answer({}), '#/anyOf/0/required')
    assertInvalid(await answer({ userIds: ['a', 'a'] }), '#/properties/userIds/uniqueItems')
  })

  test('the suspended are shown to moderators only', async () => {
    await using server = await open()
    const { alice, bob, carol, admin } = server
    await server.ctx.transact((tx) => setSuspended(tx, alice.id, true))
    for (const viewer of [null, bob]) {
      for (const params of [{ userId: alice.id }, { username: 'alice' }]) {
        assertError(await server.call('users/show', params, viewer), 'users/show', 'NO_SUCH_USER')
      }
    }
    assert.equal((await show(server, { userIds: [alice.id, carol.id] }, bob)).length, 1)
    assertHas(await show(server, { userId: alice.id }, admin), { id: alice.id, isSuspended: true })
    await server.ctx.transact((tx) => setSuspended(tx, alice.id, false))
    assertHas(await show(server, { userId: alice.id }), { isSuspended: false })
  })

  test('hidden counts are nothing to those they are hidden from', async () => {
    await using server = await open()
    const { alice, bob, carol, admin } = server
    for (const [follower, followee] of [
      [bob, alice],
      [alice, carol],
    ] as const) {
      bodyOf(await server.call('following/create', { userId: followee.id }, follower))
    }
    const counts = async (as: Person | null) => {
      const { followersCount, followingCount } = await show(server, { userId: alice.id }, as)
      return [followersCount, followingCount]
    }
    const hidden = { followersVisibility: 'followers', followingVisibility: 'private' } as const
    await server.ctx.transact((tx) => tx.updateTable('user').set(hidden).where('id', '=', alice.id).execute())
    assert.deepEqual(await counts(null), [0, 0])
    assert.deepEqual(await counts(carol), [0, 0])
    assert.deepEqual(await counts(bob), [1, 0])
    assert.deepEqual(await counts(alice), [1, 1])
    assert.deepEqual(await counts(admin), [1, 1])
  })

  test('how long ago somebody was here, unless they hide it', async () => {
    await using server = await open()
    const { alice } = server
    const minute = 60_000
    for (const [ago, expected] of [
      [null, 'unknown'],
      [9 * minute, 'online'],
      [11 * minute, 'active'],
      [4320 * minute - minute, 'active'],
      [4320 * minute + minute, 'offline'],
    ] as const) {
      const lastActiveAt = ago === null ? null : Date.now() - ago
      await server.ctx.transact((tx) =>
        tx.updateTable('user').set({ lastActiveAt }).where('id', '=', alice.id).execute(),
      )
      assert.equal((await show(server, { userId: alice.id })).onlineStatus, expected, String(ago))
    }
    const hidden = { lastActiveAt: Date.now(), hideOnlineStatus: true }
    await server.ctx.transact((tx) => tx.updateTable('user').set(hidden).where('id', '=', alice.id).execute())
    assert.equal((await show(server, { userId: alice.id })).onlineStatus, 'unknown')
  })
})
