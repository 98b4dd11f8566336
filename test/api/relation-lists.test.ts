import assert from 'node:assert/strict'
import { test } from 'node:test'
import { follow as makeFollow } from '../../src/core/follow.ts'
import { onEachDatabase, type Person } from '../server.ts'
import { assertError, assertHas, assertInvalid, assertShape, bodyOf } from './expect.ts'
import { assertPages } from './paging.ts'
import { addPeople, follow, idsIn, makePerson, NOBODY } from './relations.ts'

const lists = [
  { path: 'users/followers', visibility: 'followersVisibility', shown: 'follower', hidden: 'followee' },
  { path: 'users/following', visibility: 'followingVisibility', shown: 'followee', hidden: 'follower' },
] as const

onEachDatabase('lists of relations', (open) => {
  for (const { path, visibility, shown, hidden } of lists) {
    test(`${path}: everybody sees it, by id and by name`, async () => {
      await using server = await open()
      const { alice, bob, carol } = server
      const [one, other] = shown === 'follower' ? [bob, alice] : [alice, bob]
      await follow(server, one, other)
      await follow(server, carol, bob)
      const host = new URL(server.origin).host
      for (const params of [
        { userId: alice.id },
        { username: 'alice', host: null },
        { username: 'ALICE', host },
        { username: 'alice' },
      ]) {
        const [row, ...more] = bodyOf(await server.call(path, params, carol))
        assert.deepEqual(more, [])
        assertHas(row, { followerId: one.id, followeeId: other.id, [hidden]: 'absent' })
        assertShape(row, 'Following')
        assertShape(row[shown], 'UserLite', 'detailed', 'relation')
        assertHas(row[shown], { id: bob.id, isFollowing: true, isFollowed: false })
      }
      const [row] = bodyOf(await server.call(path, { userId: alice.id }))
      assertShape(row[shown], 'UserLite', 'detailed')
      for (const params of [
        { userId: NOBODY },
        { username: 'nobody', host: null },
        { username: 'alice', host: 'elsewhere.example' },
      ])
        assertError(await server.call(path, params), path, 'NO_SUCH_USER')
      assertInvalid(await server.call(path, {}), '#/anyOf/0/required')
    })

    test(`${path}: seen by whom the person lets see it`, async () => {
      await using server = await open()
      const { alice, bob, carol, admin } = server
      await follow(server, bob, alice)
      await follow(server, alice, bob)
      const other = visibility === 'followersVisibility' ? 'followingVisibility' : 'followersVisibility'
      const sees = async (by: Person | null) => {
        const answer = await server.call(path, { userId: alice.id }, by)
        if (answer.status !== 200) assertError(answer, path, 'FORBIDDEN')
        return answer.status === 200
      }
      const who = [null, carol, bob, alice, admin]
      for (const [shownTo, expected] of [
        ['public', [true, true, true, true, true]],
        ['followers', [false, false, true, true, true]],
        ['private', [false, false, false, true, true]],
      ] as const) {
        await makePerson(server, alice, { [visibility]: shownTo, [other]: 'public' })
        const seen: boolean[] = []
        for (const by of who) seen.push(await sees(by))
        assert.deepEqual(seen, expected, shownTo)
        await makePerson(server, alice, { [visibility]: 'public', [other]: 'private' })
        assert.equal(await sees(null), true, 'the other setting does not count')
      }
    })

    test(`${path}: paged, without deleted people`, async () => {
      await using server = await open()
      const { alice, carol } = server
      for (const id of [...(await addPeople(server, 5)), carol.id]) {
        const [by, of] = shown === 'follower' ? [id, alice.id] : [alice.id, id]
        await makeFollow(server.ctx, by, of, false)
      }
      await makePerson(server, carol, { isDeleted: true })
      const made = await idsIn(server, path, null, { userId: alice.id })
      assert.equal(made.length, 5)
      await assertPages(server, path, { userId: alice.id }, null, made)
      assertError(await server.call(path, { userId: carol.id }), path, 'NO_SUCH_USER')
    })
  }

  test('whom one follows can be asked for by birthday', async () => {
    await using server = await open()
    const { alice, bob, carol, admin } = server
    await makePerson(server, bob, { birthday: '1990-04-05' })
    await makePerson(server, carol, { birthday: '1990-05-04' })
    for (const followee of [bob, carol, admin]) await follow(server, alice, followee)
    const born = async (birthday: string | null) =>
      bodyOf(await server.call('users/following', { userId: alice.id, birthday }, alice))
        .map(({ followeeId }: { followeeId: string }) => followeeId)
        .toSorted()
    assert.deepEqual(await born('2000-04-05'), [bob.id])
    assert.deepEqual(await born('2000-99-99'), [])
    assert.equal((await born(null)).length, 3)
    const refused = await server.call('users/following', { userId: alice.id, birthday: 'today' }, alice)
    assertInvalid(refused, '#/properties/birthday/pattern')
  })

  test('what is between the caller and one person, several, or nobody', async () => {
    await using server = await open()
    const { alice, bob, carol, admin } = server
    await makePerson(server, admin, { isLocked: true })
    await makePerson(server, alice, { isLocked: true })
    await follow(server, alice, bob)
    await follow(server, alice, admin)
    await follow(server, admin, alice)
    bodyOf(await server.call('blocking/create', { userId: alice.id }, carol))
    for (const [path, userId] of [
      ['mute/create', bob.id],
      ['renote-mute/create', carol.id],
    ] as const)
      assert.equal((await server.call(path, { userId }, alice)).status, 204)
    const relation = async (userId: unknown, by: Person) => bodyOf(await server.call('users/relation', { userId }, by))
    const none = {
      ...{ isFollowing: false, isFollowed: false, isBlocking: false, isBlocked: false, isMuted: false },
      ...{ hasPendingFollowRequestFromYou: false, hasPendingFollowRequestToYou: false, isRenoteMuted: false },
    }
    const toBob = { id: bob.id, ...none, isFollowing: true, isMuted: true }
    const asked = { hasPendingFollowRequestFromYou: true, hasPendingFollowRequestToYou: true }
    assert.deepEqual(await relation(bob.id, alice), [toBob])
    assert.deepEqual(await relation([carol.id, NOBODY, bob.id, admin.id, alice.id, bob.id], alice), [
      { id: carol.id, ...none, isBlocked: true, isRenoteMuted: true },
      { id: NOBODY, ...none },
      toBob,
      { id: admin.id, ...none, ...asked },
      { id: alice.id, ...none },
      toBob,
    ])
    assert.deepEqual(await relation([], alice), [])
    assert.deepEqual(await relation(NOBODY, alice), [{ id: NOBODY, ...none }])
    assert.deepEqual(await relation([alice.id], bob), [{ id: alice.id, ...none, isFollowed: true }])
    assert.deepEqual(await relation(alice.id, carol), [{ id: alice.id, ...none, isBlocking: true }])
    for (const [userId, place] of [
      [5, 'userId/type'],
      ['a'.repeat(65), 'userId/maxLength'],
      [[5], 'userId/items/type'],
      [Array(1001).fill('x'), 'userId/maxItems'],
    ] as const)
      assertInvalid(await server.call('users/relation', { userId }, alice), `#/properties/${place}`)
  })
})
