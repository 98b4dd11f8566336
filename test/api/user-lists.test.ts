import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertHas, assertShape, bodyOf } from './expect.ts'
import { assertPages } from './paging.ts'

const UNKNOWN = 'aaaaaaaaaaaaaaaa'

const makeList = async (server: TestServer, as: Person, name = 'friends'): Promise<string> =>
  bodyOf(await server.call('users/lists/create', { name }, as)).id

const push = (server: TestServer, listId: string, { id: userId }: { id: string }, as: Person) =>
  server.call('users/lists/push', { listId, userId }, as)

const post = async (server: TestServer, as: Person, params: object): Promise<string> =>
  bodyOf(await server.call('notes/create', params, as)).createdNote.id

const idsOf = async (server: TestServer, path: string, params: object, as: Person | null) =>
  bodyOf(await server.call(path, params, as)).map(({ id }: { id: string }) => id)

const setRow = (server: TestServer, table: 'blocking' | 'muting', from: Person, to: Person) =>
  server.ctx.transact(async (tx) => {
    const id = server.ctx.ids.next()
    if (table === 'blocking')
      await tx.insertInto('blocking').values({ id, blockerId: from.id, blockeeId: to.id }).execute()
    else await tx.insertInto('muting').values({ id, muterId: from.id, muteeId: to.id, expiresAt: null }).execute()
  })

onEachDatabase('lists of people', (open) => {
  test('a list is made, filled, changed, shown and deleted', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const made = bodyOf(await server.call('users/lists/create', { name: 'friends' }, alice))
    assertShape(made, 'UserList')
    assertHas(made, { name: 'friends', userIds: [], isPublic: false })
    const listId = made.id
    assertEmpty(await push(server, listId, carol, alice))
    assertEmpty(await push(server, listId, bob, alice))
    const shown = async () => bodyOf(await server.call('users/lists/show', { listId }, alice))
    assertShape(await shown(), 'UserList')
    assert.deepEqual((await shown()).userIds, [carol.id, bob.id])
    const changed = bodyOf(await server.call('users/lists/update', { listId, name: 'people', isPublic: true }, alice))
    assertHas(changed, { id: listId, name: 'people', isPublic: true, userIds: [carol.id, bob.id] })
    assertHas(bodyOf(await server.call('users/lists/update', { listId }, alice)), { name: 'people', isPublic: true })
    assertEmpty(await server.call('users/lists/pull', { listId, userId: carol.id }, alice))
    assertEmpty(await server.call('users/lists/pull', { listId, userId: carol.id }, alice))
    assert.deepEqual(await shown(), { ...changed, userIds: [bob.id] })
    assertEmpty(await server.call('users/lists/delete', { listId }, alice))
    assertError(await server.call('users/lists/show', { listId }, alice), 'users/lists/show', 'NO_SUCH_LIST')
  })

  test('lists are listed to their owner, the public ones to everyone', async () => {
    await using server = await open()
    const { alice, bob } = server
    const path = 'users/lists/list'
    const [closed, opened] = [await makeList(server, alice, 'closed'), await makeList(server, alice, 'open')]
    bodyOf(await server.call('users/lists/update', { listId: opened, isPublic: true }, alice))
    await push(server, opened, bob, alice)
    assert.deepEqual(await idsOf(server, path, {}, alice), [closed, opened])
    assert.deepEqual(await idsOf(server, path, {}, bob), [])
    for (const as of [alice, bob, null]) {
      const [list, ...more] = bodyOf(await server.call(path, { userId: alice.id }, as))
      assertHas(list, { id: opened, userIds: [bob.id] })
      assert.deepEqual(more, [])
    }
    assertError(await server.call(path), path, 'INVALID_PARAM')
    assertError(await server.call(path, { userId: UNKNOWN }, bob), path, 'NO_SUCH_USER')
  })

  test('a public list is read by others when they ask for it, a private one never', async () => {
    await using server = await open()
    const { alice, bob } = server
    const listId = await makeList(server, alice)
    await push(server, listId, bob, alice)
    const cases = [
      { as: alice, isPublic: false, forPublic: false, found: true },
      { as: alice, isPublic: false, forPublic: true, found: false },
      { as: bob, isPublic: false, forPublic: true, found: false },
      { as: null, isPublic: false, forPublic: true, found: false },
      { as: null, isPublic: false, forPublic: false, found: false },
      { as: bob, isPublic: true, forPublic: false, found: false },
      { as: bob, isPublic: true, forPublic: true, found: true },
      { as: null, isPublic: true, forPublic: false, found: true },
      { as: alice, isPublic: true, forPublic: true, found: true },
    ]
    for (const { as, isPublic, forPublic, found } of cases) {
      bodyOf(await server.call('users/lists/update', { listId, isPublic }, alice))
      const show = await server.call('users/lists/show', { listId, forPublic }, as)
      const members = await server.call('users/lists/get-memberships', { listId, forPublic }, as)
      if (found) {
        assertHas(bodyOf(show), { id: listId, likedCount: forPublic ? 0 : 'absent' })
        assertHas(bodyOf(members)[0], { userId: bob.id, withReplies: false })
      } else {
        assertError(show, 'users/lists/show', 'NO_SUCH_LIST')
        assertError(members, 'users/lists/get-memberships', 'NO_SUCH_LIST')
      }
    }
  })

  test('what cannot be done with a list', async () => {
    await using server = await open()
    const { alice, bob, carol, admin } = server
    const listId = await makeList(server, alice)
    await push(server, listId, bob, alice)
    await setRow(server, 'blocking', admin, alice)
    await changeSettings(server.ctx, { policies: { userListLimit: 2, userEachUserListsLimit: 1 } })
    const second = await makeList(server, alice)
    const [p, u] = ['users/lists/', { listId, userId: bob.id }]
    const refused: [path: string, params: object, as: Person, code: string][] = [
      ['create', { name: 'x' }, alice, 'TOO_MANY_USERLISTS'],
      ['push', { listId: UNKNOWN, userId: bob.id }, alice, 'NO_SUCH_LIST'],
      ['push', u, bob, 'NO_SUCH_LIST'],
      ['push', { listId, userId: UNKNOWN }, alice, 'NO_SUCH_USER'],
      ['push', u, alice, 'ALREADY_ADDED'],
      ['push', { listId: second, userId: admin.id }, alice, 'YOU_HAVE_BEEN_BLOCKED'],
      ['push', { listId, userId: carol.id }, alice, 'TOO_MANY_USERS'],
      ['pull', u, bob, 'NO_SUCH_LIST'],
      ['pull', { listId, userId: UNKNOWN }, alice, 'NO_SUCH_USER'],
      ['update', { listId, name: 'mine' }, bob, 'NO_SUCH_LIST'],
      ['delete', { listId }, bob, 'NO_SUCH_LIST'],
      ['update-membership', { ...u, withReplies: true }, bob, 'NO_SUCH_LIST'],
      ['update-membership', { listId, userId: carol.id, withReplies: true }, alice, 'NO_SUCH_USER'],
      ['update-membership', { listId, userId: carol.id }, alice, 'NO_SUCH_USER'],
    ]
    for (const [path, params, as, code] of refused) {
      assertError(await server.call(p + path, params, as), p + path, code)
    }
    assertHas(bodyOf(await server.call('users/lists/show', { listId }, alice)), { name: 'friends', userIds: [bob.id] })
  })

  test('of many asked for at once only as many are made as may be', async () => {
    await using server = await open()
    const { alice, bob, carol, admin } = server
    await changeSettings(server.ctx, { policies: { userListLimit: 1, userEachUserListsLimit: 1 } })
    const create = () => server.call('users/lists/create', { name: 'x' }, alice)
    const lists = await Promise.all([create(), create(), create()])
    assert.deepEqual(lists.map(({ status }) => status).sort(), [200, 400, 400])
    const listId = lists.find(({ status }) => status === 200)!.body.id
    const pushed = await Promise.all([bob, carol, admin].map((person) => push(server, listId, person, alice)))
    assert.deepEqual(pushed.map(({ status }) => status).sort(), [204, 400, 400])
  })

  test('memberships come in pages, with what was said about replies', async () => {
    await using server = await open()
    const { alice, bob, carol, admin } = server
    const listId = await makeList(server, alice)
    for (const person of [carol, alice, bob, admin]) assertEmpty(await push(server, listId, person, alice))
    const path = 'users/lists/get-memberships'
    assertEmpty(
      await server.call('users/lists/update-membership', { listId, userId: bob.id, withReplies: true }, alice),
    )
    assertEmpty(await server.call('users/lists/update-membership', { listId, userId: bob.id }, alice))
    const members = bodyOf(await server.call(path, { listId }, alice))
    const named = members.map(
      (one: { userId: string; user: { id: string; username: string }; withReplies: boolean }) => [
        one.user.username,
        one.userId === one.user.id,
        one.withReplies,
      ],
    )
    assert.deepEqual(named, [
      ['admin', true, false],
      ['bob', true, true],
      ['alice', true, false],
      ['carol', true, false],
    ])
    assertShape(members[0].user, 'UserLite')
    await assertPages(server, path, { listId }, alice, members.map(({ id }: { id: string }) => id).reverse())
  })
})

onEachDatabase('the timeline of a list', (open) => {
  const path = 'notes/user-list-timeline'

  test('holds what its people post, replies to others when the list shows them', async () => {
    await using server = await open()
    const { alice, bob, carol, admin } = server
    const listId = await makeList(server, alice)
    await push(server, listId, bob, alice)
    const target = await post(server, carol, { text: 'not on the list' })
    const own = await post(server, alice, { text: 'the reader’s own' })
    const plain = await post(server, bob, { text: 'plain' })
    const home = await post(server, bob, { text: 'home', visibility: 'home' })
    await post(server, bob, { text: 'followers', visibility: 'followers' })
    await post(server, bob, { text: 'direct', visibility: 'specified', visibleUserIds: [admin.id] })
    const direct = await post(server, bob, { text: 'direct', visibility: 'specified', visibleUserIds: [alice.id] })
    const toOthers = await post(server, bob, { text: 'to carol', replyId: target })
    const toSelf = await post(server, bob, { text: 'to myself', replyId: plain })
    const toReader = await post(server, bob, { text: 'to alice', replyId: own })
    const renote = await post(server, bob, { renoteId: target })
    const ofReader = await post(server, bob, { renoteId: own })
    const read = (params: object = {}) => idsOf(server, path, { listId, ...params }, alice)
    const all = [ofReader, renote, toReader, toSelf, direct, home, plain]
    assert.deepEqual(await read(), all)
    assert.deepEqual(await read({ withRenotes: false }), [toReader, toSelf, direct, home, plain])
    assert.deepEqual(await read({ includeRenotedMyNotes: false }), all.slice(1))
    assert.deepEqual(await read({ withFiles: true }), [])
    bodyOf(await server.call('following/create', { userId: bob.id }, alice))
    assert.equal((await read()).length, all.length + 1, 'a follower sees what is for followers')
    bodyOf(await server.call('following/delete', { userId: bob.id }, alice))
    assertEmpty(
      await server.call('users/lists/update-membership', { listId, userId: bob.id, withReplies: true }, alice),
    )
    assert.deepEqual(await read(), [ofReader, renote, toReader, toSelf, toOthers, direct, home, plain])
    await setRow(server, 'muting', alice, carol)
    assert.deepEqual(await read(), [ofReader, toReader, toSelf, direct, home, plain])
    await setRow(server, 'muting', alice, bob)
    assert.deepEqual(await read(), [])
  })

  test('leaves out what is posted in channels', async () => {
    await using server = await open()
    const { alice, bob } = server
    const listId = await makeList(server, alice)
    await push(server, listId, bob, alice)
    const outside = await post(server, bob, { text: 'outside' })
    await server.ctx.transact((tx) =>
      tx
        .insertInto('channel')
        .values({ id: UNKNOWN, userId: bob.id, name: 'c', description: null, pinnedNoteIds: '[]' })
        .execute(),
    )
    await post(server, bob, { text: 'inside', channelId: UNKNOWN })
    assert.deepEqual(await idsOf(server, path, { listId }, alice), [outside])
  })

  test('comes in pages across the people, and is for the owner of the list', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const listId = await makeList(server, alice)
    for (const person of [bob, carol, alice]) await push(server, listId, person, alice)
    const made: string[] = []
    for (const as of [bob, carol, bob, alice, carol, bob]) made.push(await post(server, as, { text: 'x' }))
    await assertPages(server, path, { listId }, alice, made)
    bodyOf(await server.call('users/lists/update', { listId, isPublic: true }, alice))
    assertError(await server.call(path, { listId }, bob), path, 'NO_SUCH_LIST')
    assertError(await server.call(path, { listId: UNKNOWN }, alice), path, 'NO_SUCH_LIST')
  })
})
