import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase } from '../server.ts'
import { assertEmpty, assertHas, assertInvalid, assertShape, bodyOf } from './expect.ts'
import { assertErrors, countsOf, follow, listen, makePerson, NOBODY, seen, toldTo } from './relations.ts'

onEachDatabase('following', (open) => {
  test('a follow is made, seen from both sides, counted and ended', async () => {
    await using server = await open()
    const { alice, bob } = server
    const answer = await follow(server, bob, alice, { withReplies: true })
    assertShape(answer, 'UserLite')
    assert.equal(answer.id, alice.id)
    assert.deepEqual(await countsOf(server, bob), [1, 0])
    assert.deepEqual(await countsOf(server, alice), [0, 1])
    const following = { isFollowing: true, isFollowed: false, hasPendingFollowRequestFromYou: false, withReplies: true }
    assertHas(await seen(server, bob, alice), { ...following, notify: 'none', followedMessage: null })
    assertHas(await seen(server, alice, bob), { isFollowing: false, isFollowed: true, withReplies: false })
    assert.equal(bodyOf(await server.call('following/delete', { userId: alice.id }, bob)).id, alice.id)
    assert.deepEqual(await countsOf(server, bob), [0, 0])
    assert.deepEqual(await countsOf(server, alice), [0, 0])
    assertHas(await seen(server, bob, alice), { isFollowing: false, withReplies: false, followedMessage: 'absent' })
  })

  test('what cannot be followed, changed or ended', async () => {
    await using server = await open()
    const { alice, bob, carol, admin } = server
    await follow(server, bob, alice)
    await makePerson(server, admin, { isDeleted: true })
    await assertErrors(server, bob, [
      ['following/create', bob.id, 'FOLLOWEE_IS_YOURSELF'],
      ['following/create', NOBODY, 'NO_SUCH_USER'],
      ['following/create', admin.id, 'NO_SUCH_USER'],
      ['following/create', alice.id, 'ALREADY_FOLLOWING'],
      ['following/delete', bob.id, 'FOLLOWEE_IS_YOURSELF'],
      ['following/delete', NOBODY, 'NO_SUCH_USER'],
      ['following/delete', carol.id, 'NOT_FOLLOWING'],
      ['following/invalidate', bob.id, 'FOLLOWER_IS_YOURSELF'],
      ['following/invalidate', NOBODY, 'NO_SUCH_USER'],
      ['following/invalidate', alice.id, 'NOT_FOLLOWING'],
      ['following/update', bob.id, 'FOLLOWEE_IS_YOURSELF'],
      ['following/update', NOBODY, 'NO_SUCH_USER'],
      ['following/update', carol.id, 'NOT_FOLLOWING'],
    ])
    assert.equal(bodyOf(await server.call('users/show', { userId: bob.id })).followingCount, 1)
  })

  test('the same follow asked for many times at once is one follow', async () => {
    await using server = await open()
    const { alice, bob } = server
    const times = async (path: string) => {
      const calls = Array.from({ length: 4 }, () => server.call(path, { userId: alice.id }, bob))
      return (await Promise.all(calls)).map(({ status }) => status).sort()
    }
    assert.deepEqual(await times('following/create'), [200, 400, 400, 400])
    assert.deepEqual(await countsOf(server, alice), [0, 1])
    assert.deepEqual(await times('following/delete'), [200, 400, 400, 400])
    assert.deepEqual(await countsOf(server, alice), [0, 0])
  })

  test('people who follow each other at the same moment all do', async () => {
    await using server = await open()
    const people = [server.alice, server.bob, server.carol, server.admin]
    const pairs = people.flatMap((by) => people.filter((of) => of !== by).map((of) => [by, of] as const))
    await Promise.all(pairs.map(([by, of]) => follow(server, by, of)))
    for (const person of people) assert.deepEqual(await countsOf(server, person), [3, 3])
  })

  test('both are told of a follow, the follower with the words of whom they follow', async () => {
    await using server = await open()
    const { alice, bob } = server
    await makePerson(server, alice, { followedMessage: 'welcome' })
    const events = listen(server, 'followed', 'unfollowed')
    await follow(server, bob, alice)
    assert.deepEqual(await toldTo(server, alice), [['follow', bob.id, null]])
    assert.deepEqual(await toldTo(server, bob), [['followRequestAccepted', alice.id, { message: 'welcome' }]])
    assertHas(await seen(server, bob, alice), { followedMessage: 'welcome' })
    assertHas(await seen(server, server.carol, alice), { followedMessage: 'absent' })
    bodyOf(await server.call('following/delete', { userId: alice.id }, bob))
    assert.deepEqual(events, [
      { type: 'followed', followerId: bob.id, followeeId: alice.id },
      { type: 'unfollowed', followerId: bob.id, followeeId: alice.id },
    ])
  })

  test('notes from before the follow are in the home timeline', async () => {
    await using server = await open()
    const { alice, bob } = server
    const { createdNote } = bodyOf(await server.call('notes/create', { text: 'before' }, alice))
    const home = async () => bodyOf(await server.call('notes/timeline', {}, bob)).map(({ id }: { id: string }) => id)
    assert.deepEqual(await home(), [])
    await follow(server, bob, alice)
    assert.deepEqual(await home(), [createdNote.id])
    bodyOf(await server.call('following/delete', { userId: alice.id }, bob))
    assert.deepEqual(await home(), [])
  })

  test('a follower is removed', async () => {
    await using server = await open()
    const { alice, bob } = server
    await follow(server, bob, alice)
    const events = listen(server, 'unfollowed')
    const answer = bodyOf(await server.call('following/invalidate', { userId: bob.id }, alice))
    assertShape(answer, 'UserLite')
    assert.equal(answer.id, bob.id)
    assert.deepEqual(await countsOf(server, bob), [0, 0])
    assert.deepEqual(await countsOf(server, alice), [0, 0])
    assertHas(await seen(server, bob, alice), { isFollowing: false })
    assert.deepEqual(events, [{ type: 'unfollowed', followerId: bob.id, followeeId: alice.id }])
  })

  test('what a follow brings is changed, one by one and for all', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    await follow(server, bob, alice)
    await follow(server, bob, carol)
    await follow(server, carol, alice)
    const update = async (params: object) => bodyOf(await server.call('following/update', params, bob))
    const answer = await update({ userId: alice.id, notify: 'normal' })
    assertShape(answer, 'UserLite')
    assert.equal(answer.id, bob.id, 'the caller, as clients know it')
    const brings = async (by: typeof bob, of: typeof bob) => {
      const { notify, withReplies } = await seen(server, by, of)
      return { notify, withReplies }
    }
    assert.deepEqual(await brings(bob, alice), { notify: 'normal', withReplies: false })
    await update({ userId: alice.id, withReplies: true })
    await update({ userId: alice.id })
    assert.deepEqual(await brings(bob, alice), { notify: 'normal', withReplies: true })
    assert.deepEqual(await brings(bob, carol), { notify: 'none', withReplies: false })
    assertEmpty(await server.call('following/update-all', { notify: 'normal' }, bob))
    assertEmpty(await server.call('following/update-all', {}, bob))
    assert.deepEqual(await brings(bob, alice), { notify: 'normal', withReplies: true })
    assert.deepEqual(await brings(bob, carol), { notify: 'normal', withReplies: false })
    assertEmpty(await server.call('following/update-all', { notify: 'none', withReplies: false }, bob))
    assert.deepEqual(await brings(bob, alice), { notify: 'none', withReplies: false })
    assert.deepEqual(await brings(carol, alice), { notify: 'none', withReplies: false })
    assertInvalid(
      await server.call('following/update', { userId: alice.id, notify: 'loud' }, bob),
      '#/properties/notify/enum',
    )
  })
})
