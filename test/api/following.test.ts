import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertError, assertHas, assertShape, bodyOf } from './expect.ts'

const countsOf = async (server: TestServer, { id }: Person) => {
  const { followingCount, followersCount } = bodyOf(await server.call('users/show', { userId: id }))
  return [followingCount, followersCount]
}

onEachDatabase('following', (open) => {
  test('a follow is made, seen from both sides, counted and ended', async () => {
    await using server = await open()
    const { alice, bob } = server
    const answer = bodyOf(await server.call('following/create', { userId: alice.id, withReplies: true }, bob))
    assertShape(answer, 'UserLite')
    assert.equal(answer.id, alice.id)
    assert.deepEqual(
      [await countsOf(server, bob), await countsOf(server, alice)],
      [
        [1, 0],
        [0, 1],
      ],
    )
    const seen = async (by: Person, of: Person) => bodyOf(await server.call('users/show', { userId: of.id }, by))
    assertHas(await seen(bob, alice), { isFollowing: true, isFollowed: false, withReplies: true, notify: 'none' })
    assertHas(await seen(alice, bob), { isFollowing: false, isFollowed: true, withReplies: false, notify: 'none' })
    assert.equal(bodyOf(await server.call('following/delete', { userId: alice.id }, bob)).id, alice.id)
    assert.deepEqual(
      [await countsOf(server, bob), await countsOf(server, alice)],
      [
        [0, 0],
        [0, 0],
      ],
    )
    assertHas(await seen(bob, alice), { isFollowing: false, withReplies: false })
  })

  test('what cannot be followed or unfollowed', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    bodyOf(await server.call('following/create', { userId: alice.id }, bob))
    for (const [path, userId, code] of [
      ['following/create', bob.id, 'FOLLOWEE_IS_YOURSELF'],
      ['following/create', 'aaaaaaaaaaaaaaaa', 'NO_SUCH_USER'],
      ['following/create', alice.id, 'ALREADY_FOLLOWING'],
      ['following/delete', bob.id, 'FOLLOWEE_IS_YOURSELF'],
      ['following/delete', 'aaaaaaaaaaaaaaaa', 'NO_SUCH_USER'],
      ['following/delete', carol.id, 'NOT_FOLLOWING'],
    ] as const) {
      assertError(await server.call(path, { userId }, bob), path, code)
    }
    assert.deepEqual(await countsOf(server, bob), [1, 0])
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
})
