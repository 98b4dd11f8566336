import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acceptAllRequests } from '../../src/core/follow-requests.ts'
import { putFollowRequest } from '../../src/db/queries/follow-requests.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertHas, assertShape, bodyOf } from './expect.ts'
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

const lock = (server: TestServer, person: Person) => makePerson(server, person, { isLocked: true })

const requests = async (server: TestServer, path: 'list' | 'sent', by: Person) =>
  bodyOf(await server.call(`following/requests/${path}`, {}, by))

const putRequest = ({ ctx }: TestServer, followerId: string, followeeId: string) =>
  ctx.transact((tx) => putFollowRequest(tx, { id: ctx.ids.next(), followerId, followeeId, withReplies: false }))

const hasPending = async (server: TestServer, { token }: Person) =>
  bodyOf(await server.call('i', {}, token)).hasPendingReceivedFollowRequest

interface Case {
  name: string
  followee?: { isLocked: boolean }
  account?: { carefulBot?: boolean; autoAcceptFollowed?: boolean }
  follower?: { isBot: boolean }
  followsBack?: boolean
  asks: boolean
}

const isLocked = { isLocked: true }
const isBot = { isBot: true }

const cases: readonly Case[] = [
  { name: 'an open account asks nobody to wait', asks: false },
  { name: 'a bot follows like anyone', follower: isBot, asks: false },
  { name: 'who is careful asks bots', account: { carefulBot: true }, follower: isBot, asks: true },
  { name: 'who is careful asks bots alone', account: { carefulBot: true }, asks: false },
  {
    name: 'a locked account lets in whom it follows',
    followee: isLocked,
    account: { autoAcceptFollowed: true },
    followsBack: true,
    asks: false,
  },
  {
    name: 'unless it does not want to',
    followee: isLocked,
    account: { autoAcceptFollowed: false },
    followsBack: true,
    asks: true,
  },
  { name: 'and nobody else', followee: isLocked, account: { autoAcceptFollowed: true }, asks: true },
  {
    name: 'a bot that is followed is let in',
    account: { carefulBot: true, autoAcceptFollowed: true },
    follower: isBot,
    followsBack: true,
    asks: false,
  },
]

onEachDatabase('follow requests', (open) => {
  test('who follows a locked account asks first, and both see it', async () => {
    await using server = await open()
    const { alice, bob } = server
    await lock(server, alice)
    const events = listen(server, 'followed', 'followRequest')
    const answer = await follow(server, bob, alice)
    assertShape(answer, 'UserLite')
    assert.equal(answer.id, alice.id)
    assert.deepEqual(await countsOf(server, alice), [0, 0])
    assertHas(await seen(server, bob, alice), { isFollowing: false, hasPendingFollowRequestFromYou: true })
    assertHas(await seen(server, alice, bob), { isFollowed: false, hasPendingFollowRequestToYou: true })
    assertHas(await seen(server, server.carol, alice), { hasPendingFollowRequestFromYou: false })
    assert.deepEqual([await hasPending(server, alice), await hasPending(server, bob)], [true, false])
    assert.deepEqual(await toldTo(server, alice), [['receiveFollowRequest', bob.id, null]])
    assert.deepEqual(await toldTo(server, bob), [])
    for (const [path, by] of [
      ['list', alice],
      ['sent', bob],
    ] as const) {
      const [request, ...more] = await requests(server, path, by)
      assert.deepEqual(more, [])
      assert.deepEqual(Object.keys(request).toSorted(), ['followee', 'follower', 'id'])
      assertShape(request.follower, 'UserLite')
      assert.deepEqual([request.follower.id, request.followee.id], [bob.id, alice.id])
    }
    assert.deepEqual(await requests(server, 'list', bob), [])
    assert.deepEqual(await requests(server, 'sent', alice), [])
    assert.deepEqual(events, [{ type: 'followRequest', followerId: bob.id, followeeId: alice.id, state: 'made' }])
  })

  test('an accepted request is a follow, as it was asked for', async () => {
    await using server = await open()
    const { alice, bob } = server
    await makePerson(server, alice, { isLocked: true, followedMessage: 'welcome' })
    const { createdNote } = bodyOf(await server.call('notes/create', { text: 'x', visibility: 'followers' }, alice))
    await follow(server, bob, alice, { withReplies: true })
    const events = listen(server, 'followed', 'followRequest')
    const accept = () => server.call('following/requests/accept', { userId: bob.id }, alice)
    const [first, second] = await Promise.all([accept(), accept()])
    const [refused, done] = first!.status === 204 ? [second!, first!] : [first!, second!]
    assertEmpty(done)
    assertError(refused, 'following/requests/accept', 'NO_FOLLOW_REQUEST')
    assert.deepEqual([await countsOf(server, bob), await countsOf(server, alice)].flat(), [1, 0, 0, 1])
    assertHas(await seen(server, bob, alice), {
      ...{ isFollowing: true, withReplies: true, hasPendingFollowRequestFromYou: false, followedMessage: 'welcome' },
    })
    assert.deepEqual(await requests(server, 'list', alice), [])
    assert.equal(await hasPending(server, alice), false)
    assert.deepEqual(await toldTo(server, alice), [['follow', bob.id, null]], 'the request is no longer told of')
    assert.deepEqual(await toldTo(server, bob), [['followRequestAccepted', alice.id, { message: 'welcome' }]])
    const [note] = bodyOf(await server.call('notes/timeline', {}, bob))
    assert.equal(note.id, createdNote.id)
    const [by, of] = [{ followerId: bob.id }, { followeeId: alice.id }]
    assert.deepEqual(events, [
      { type: 'followRequest', ...by, ...of, state: 'accepted' },
      { type: 'followed', ...by, ...of },
    ])
  })

  test('a request is rejected or taken back', async () => {
    await using server = await open()
    const { alice, bob } = server
    await lock(server, alice)
    const events = listen(server, 'followRequest')
    await follow(server, bob, alice)
    const reject = () => server.call('following/requests/reject', { userId: bob.id }, alice)
    assertEmpty(await reject())
    assertEmpty(await reject())
    assertHas(await seen(server, bob, alice), { isFollowing: false, hasPendingFollowRequestFromYou: false })
    assert.deepEqual(await toldTo(server, alice), [])
    await follow(server, bob, alice)
    const cancel = () => server.call('following/requests/cancel', { userId: alice.id }, bob)
    const answer = bodyOf(await cancel())
    assertShape(answer, 'UserLite')
    assert.equal(answer.id, alice.id)
    assertError(await cancel(), 'following/requests/cancel', 'FOLLOW_REQUEST_NOT_FOUND')
    assert.deepEqual([await requests(server, 'list', alice), await hasPending(server, alice)], [[], false])
    assert.deepEqual(
      events.map((event) => event.type === 'followRequest' && event.state),
      ['made', 'rejected', 'made', 'ended'],
    )
    await assertErrors(server, bob, [
      ['following/requests/accept', NOBODY, 'NO_SUCH_USER'],
      ['following/requests/accept', alice.id, 'NO_FOLLOW_REQUEST'],
      ['following/requests/reject', NOBODY, 'NO_SUCH_USER'],
      ['following/requests/cancel', NOBODY, 'NO_SUCH_USER'],
    ])
  })

  test('asking again replaces the request and tells of it once', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    await lock(server, alice)
    await follow(server, bob, alice)
    await follow(server, carol, alice)
    const [, before] = await requests(server, 'list', alice)
    await follow(server, bob, alice, { withReplies: true })
    const after = await requests(server, 'list', alice)
    assert.deepEqual(
      after.map(({ follower }: { follower: Person }) => follower.id),
      [bob.id, carol.id],
    )
    assert.ok(after[0].id > before.id)
    const told = (await toldTo(server, alice)).map(([type, by]) => [type, by])
    assert.deepEqual(told, [
      ['receiveFollowRequest', carol.id],
      ['receiveFollowRequest', bob.id],
    ])
    assertEmpty(await server.call('following/requests/accept', { userId: bob.id }, alice))
    assertHas(await seen(server, bob, alice), { withReplies: true })
  })

  for (const { name, followee, account, follower, followsBack, asks } of cases) {
    test(name, async () => {
      await using server = await open()
      const { alice, bob } = server
      await makePerson(server, alice, followee ?? {}, account)
      await makePerson(server, bob, follower ?? {})
      if (followsBack) await follow(server, alice, bob)
      await follow(server, bob, alice)
      assertHas(await seen(server, bob, alice), { isFollowing: !asks, hasPendingFollowRequestFromYou: asks })
    })
  }

  test('a follow without a question ends the request there was', async () => {
    await using server = await open()
    const { alice, bob } = server
    await lock(server, alice)
    await follow(server, bob, alice)
    await makePerson(server, alice, { isLocked: false })
    await follow(server, bob, alice)
    assertHas(await seen(server, bob, alice), { isFollowing: true, hasPendingFollowRequestFromYou: false })
    assert.deepEqual(await toldTo(server, alice), [['follow', bob.id, null]])
  })

  const { signal: never } = new AbortController()

  test('whoever locks their account again lets nobody in', async () => {
    await using server = await open()
    const { alice, bob } = server
    await lock(server, alice)
    await follow(server, bob, alice)
    assert.equal(await acceptAllRequests(server.ctx, alice.id, never), true)
    assertHas(await seen(server, bob, alice), { isFollowing: false, hasPendingFollowRequestFromYou: true })
  })

  test('unlocking lets all in who wait', async () => {
    await using server = await open()
    const { alice, bob, carol, admin } = server
    await lock(server, alice)
    for (const by of [bob, carol]) await follow(server, by, alice)
    await makePerson(server, carol, { isDeleted: true })
    await makePerson(server, alice, { isLocked: false })
    assert.equal(await acceptAllRequests(server.ctx, alice.id, AbortSignal.abort()), false)
    assertHas(await seen(server, bob, alice), { isFollowing: false })
    assert.equal(await acceptAllRequests(server.ctx, alice.id, never), true)
    assertHas(await seen(server, bob, alice), { isFollowing: true })
    assert.deepEqual(await countsOf(server, alice), [0, 1])
    assert.equal(await hasPending(server, alice), false, 'of a deleted person nothing is told')
    assert.deepEqual(await requests(server, 'list', alice), [])
    assert.equal(await acceptAllRequests(server.ctx, admin.id, never), true)
  })

  test('requests are paged', async () => {
    await using server = await open()
    const { alice } = server
    const people = await addPeople(server, 5)
    for (const id of people) {
      await putRequest(server, id, alice.id)
      await putRequest(server, alice.id, id)
    }
    for (const path of ['following/requests/list', 'following/requests/sent']) {
      const made = await idsIn(server, path, alice)
      assert.equal(made.length, 5)
      await assertPages(server, path, {}, alice, made)
    }
  })
})
