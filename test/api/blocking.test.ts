import assert from 'node:assert/strict'
import { test } from 'node:test'
import { block } from '../../src/core/block.ts'
import { onEachDatabase } from '../server.ts'
import { assertHas, assertShape, bodyOf } from './expect.ts'
import { assertPages } from './paging.ts'
import {
  addPeople,
  assertErrors,
  countsOf,
  follow,
  idsIn,
  listen,
  makePerson,
  NOBODY,
  seen,
  toldTo,
} from './relations.ts'

onEachDatabase('blocking', (open) => {
  test('a block is made, seen from both sides, listed and ended', async () => {
    await using server = await open()
    const { alice, bob } = server
    const events = listen(server, 'relation')
    const blocked = bodyOf(await server.call('blocking/create', { userId: bob.id }, alice))
    assertShape(blocked, 'UserLite', 'detailed', 'relation')
    assertHas(blocked, { id: bob.id, isBlocking: true, isBlocked: false, isMuted: false })
    assertHas(await seen(server, bob, alice), { isBlocking: false, isBlocked: true })
    const [row, ...more] = bodyOf(await server.call('blocking/list', {}, alice))
    assert.deepEqual(more, [])
    assertShape(row, 'Blocking')
    assertShape(row.blockee, 'UserLite', 'detailed', 'relation')
    assertHas(row.blockee, { id: row.blockeeId, isBlocking: true })
    assert.equal(row.blockeeId, bob.id)
    assert.deepEqual(bodyOf(await server.call('blocking/list', {}, bob)), [])
    const ended = bodyOf(await server.call('blocking/delete', { userId: bob.id }, alice))
    assertShape(ended, 'UserLite', 'detailed', 'relation')
    assertHas(ended, { id: bob.id, isBlocking: false })
    assertHas(await seen(server, bob, alice), { isBlocked: false })
    assert.deepEqual(bodyOf(await server.call('blocking/list', {}, alice)), [])
    const event = { type: 'relation', fromId: alice.id, toId: bob.id }
    assert.deepEqual(events, [event, event])
  })

  test('who cannot be blocked, unblocked or followed', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    bodyOf(await server.call('blocking/create', { userId: bob.id }, alice))
    await assertErrors(server, alice, [
      ['blocking/create', alice.id, 'BLOCKEE_IS_YOURSELF'],
      ['blocking/create', NOBODY, 'NO_SUCH_USER'],
      ['blocking/create', bob.id, 'ALREADY_BLOCKING'],
      ['blocking/delete', alice.id, 'BLOCKEE_IS_YOURSELF'],
      ['blocking/delete', NOBODY, 'NO_SUCH_USER'],
      ['blocking/delete', carol.id, 'NOT_BLOCKING'],
      ['following/create', bob.id, 'BLOCKING'],
    ])
    await assertErrors(server, bob, [['following/create', alice.id, 'BLOCKED']])
    bodyOf(await server.call('blocking/create', { userId: alice.id }, bob))
    await assertErrors(server, bob, [['following/create', alice.id, 'BLOCKING']])
    for (const by of [alice, bob]) assert.deepEqual(await countsOf(server, by), [0, 0])
  })

  test('a block ends follows in both directions', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    for (const [by, of] of [
      [alice, bob],
      [bob, alice],
      [carol, alice],
      [carol, bob],
    ] as const)
      await follow(server, by, of)
    const events = listen(server, 'unfollowed')
    bodyOf(await server.call('blocking/create', { userId: bob.id }, alice))
    assertHas(await seen(server, alice, bob), { isFollowing: false, isFollowed: false })
    assert.deepEqual(await countsOf(server, alice), [0, 1])
    assert.deepEqual(await countsOf(server, bob), [0, 1])
    assert.deepEqual(await countsOf(server, carol), [2, 0])
    assert.deepEqual(events, [
      { type: 'unfollowed', followerId: alice.id, followeeId: bob.id },
      { type: 'unfollowed', followerId: bob.id, followeeId: alice.id },
    ])
    bodyOf(await server.call('blocking/delete', { userId: bob.id }, alice))
    assertHas(await seen(server, alice, bob), { isFollowing: false, isFollowed: false })
    await follow(server, bob, alice)
  })

  test('a block ends requests to follow in both directions', async () => {
    await using server = await open()
    const { alice, bob } = server
    for (const person of [alice, bob]) await makePerson(server, person, { isLocked: true })
    await follow(server, alice, bob)
    await follow(server, bob, alice)
    bodyOf(await server.call('blocking/create', { userId: bob.id }, alice))
    const none = { hasPendingFollowRequestFromYou: false, hasPendingFollowRequestToYou: false }
    assertHas(await seen(server, alice, bob), none)
    assertHas(await seen(server, bob, alice), none)
    assert.deepEqual([await toldTo(server, alice), await toldTo(server, bob)], [[], []])
    await assertErrors(server, alice, [['following/requests/accept', bob.id, 'NO_FOLLOW_REQUEST']])
  })

  test('a block takes the blocker out of the lists of the other, and nobody else out of none', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const listOf = async (owner: typeof bob, ...members: (typeof bob)[]) => {
      const { id } = bodyOf(await server.call('users/lists/create', { name: 'list' }, owner))
      for (const { id: userId } of members) {
        assert.equal((await server.call('users/lists/push', { listId: id, userId }, owner)).status, 204)
      }
      return id
    }
    const lists = [
      [bob, await listOf(bob, alice, carol), [carol.id]],
      [alice, await listOf(alice, bob), [bob.id]],
      [carol, await listOf(carol, alice, bob), [alice.id, bob.id]],
    ] as const
    const events = listen(server, 'listMember')
    bodyOf(await server.call('blocking/create', { userId: bob.id }, alice))
    for (const [owner, listId, members] of lists) {
      const { userIds } = bodyOf(await server.call('users/lists/show', { listId }, owner))
      assert.deepEqual(userIds.toSorted(), members)
    }
    assert.deepEqual(events, [{ type: 'listMember', listId: lists[0][1], userId: alice.id, isMember: false }])
  })

  test('a follow and a block at the same moment do not both stay', async () => {
    await using server = await open()
    const { alice, bob } = server
    for (let round = 0; round < 5; round++) {
      const made = server.call('blocking/create', { userId: bob.id }, alice)
      await Promise.all([made, server.call('following/create', { userId: alice.id }, bob)])
      bodyOf(await made)
      assertHas(await seen(server, bob, alice), { isFollowing: false, isBlocked: true })
      assert.deepEqual([await countsOf(server, alice), await countsOf(server, bob)].flat(), [0, 0, 0, 0])
      bodyOf(await server.call('blocking/delete', { userId: bob.id }, alice))
    }
  })

  test('blocks are paged, thirty at a time, without deleted people', async () => {
    await using server = await open()
    const { alice, carol } = server
    for (const id of [...(await addPeople(server, 31)), carol.id]) await block(server.ctx, alice.id, id)
    await makePerson(server, carol, { isDeleted: true })
    const made = await idsIn(server, 'blocking/list', alice)
    assert.equal(made.length, 31)
    await assertPages(server, 'blocking/list', {}, alice, made)
    assert.equal(bodyOf(await server.call('blocking/list', {}, alice)).length, 30)
  })
})
