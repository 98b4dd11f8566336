import assert from 'node:assert/strict'
import { test } from 'node:test'
import { issueToken } from '../../src/access/manual.ts'
import { settleMiauth } from '../../src/access/miauth.ts'
import type { BusEvent } from '../../src/bus/bus.ts'
import { notify, notifyAll } from '../../src/core/notify.ts'
import { tell } from '../../src/core/tell.ts'
import { KEPT_NOTIFICATIONS, trimNotifications } from '../../src/db/queries/notifications.ts'
import { onEachDatabase, SEED_PASSWORD, type TestServer } from '../server.ts'
import { assertEmpty, assertHas, assertInvalid, assertShape, bodyOf } from './expect.ts'
import { forget, post, toldTo, typesTold, unreadOf } from './notices.ts'

const lists = ['i/notifications', 'i/notifications-grouped'] as const

/** Tells alice of so many things from an application; ids, the latest first. */
async function tellMuch(server: TestServer, count: number, type = 'app'): Promise<string[]> {
  for (let number = 0; number < count; number++) {
    await tell(server.ctx, { userId: server.alice.id, type, data: { body: String(number) } })
  }
  return (await toldTo(server, server.alice, { includeTypes: [type] })).map(({ id }) => id)
}

/** The events of these types from now on. */
function eventsOf({ ctx }: TestServer, ...types: BusEvent['type'][]): BusEvent[] {
  const events: BusEvent[] = []
  ctx.bus.subscribe((event) => void (types.includes(event.type) && events.push(event)))
  return events
}

onEachDatabase('notifications', (open) => {
  test('page as other lists do, and are full although some are left out', async () => {
    await using server = await open()
    const { ctx, alice, bob, carol } = server
    const ids = await tellMuch(server, 12)
    const up = ids.toReversed()
    for (const path of lists) {
      const page = async (params: object) => (await toldTo(server, alice, params, path)).map(({ id }) => id)
      for (const [params, expected] of [
        [{ limit: 3 }, ids.slice(0, 3)],
        [{ limit: 3, untilId: ids[2] }, ids.slice(3, 6)],
        [{ limit: 3, sinceId: up[2] }, up.slice(3, 6)],
        [{ sinceId: up[2], untilId: up[6] }, up.slice(3, 6).toReversed()],
        [{ sinceId: ids[0] }, []],
      ] as const) {
        assert.deepEqual(await page(params), expected, `${path} ${JSON.stringify(params)}`)
      }
      assert.equal(bodyOf(await server.call(path, { markAsRead: false }, alice)).length, 10)
    }
    for (const notifierId of [carol.id, bob.id]) {
      for (let number = 0; number < 5; number++) await tell(ctx, { userId: alice.id, type: 'follow', notifierId })
    }
    const row = { id: ctx.ids.next(), muterId: alice.id, muteeId: bob.id, expiresAt: null }
    await ctx.transact((tx) => tx.insertInto('muting').values(row).execute())
    assert.deepEqual(await typesTold(server, alice, { limit: 6 }), [...Array(5).fill('follow'), 'app'])
    assert.equal(await unreadOf(server, alice), 17)
    for (const [param, value, place] of [
      ['limit', 0, 'minimum'],
      ['limit', 101, 'maximum'],
    ] as const) {
      assertInvalid(await server.call(lists[0], { [param]: value }, alice), `#/properties/${param}/${place}`)
    }
  })

  test('of some types only', async () => {
    await using server = await open()
    const { alice } = server
    await tellMuch(server, 2, 'test')
    await tellMuch(server, 3)
    for (const path of lists) {
      for (const [params, expected] of [
        [{ includeTypes: ['test'] }, ['test', 'test']],
        [{ includeTypes: ['test'], limit: 1 }, ['test']],
        [{ excludeTypes: ['app'] }, ['test', 'test']],
        [{ excludeTypes: ['test', 'follow'] }, ['app', 'app', 'app']],
        [{ includeTypes: [] }, []],
        [{ includeTypes: ['pollVote', 'groupInvited'] }, []],
        [{ excludeTypes: ['test', 'app', 'login'] }, []],
      ] as const) {
        assert.deepEqual(
          (await toldTo(server, alice, params, path)).map(({ type }) => type),
          expected,
          JSON.stringify(params),
        )
      }
      for (const name of ['includeTypes', 'excludeTypes']) {
        for (const type of ['nope', 'reaction:grouped']) {
          const answer = await server.call(path, { [name]: [type] }, alice)
          assertInvalid(answer, `#/properties/${name}/items/enum`)
        }
      }
    }
  })

  test('are unread until they are asked for, or marked', async () => {
    await using server = await open()
    const { alice } = server
    const events = eventsOf(server, 'notificationsRead')
    for (const path of lists) {
      await tellMuch(server, 3)
      assert.equal(await unreadOf(server, alice), 3)
      assert.equal(bodyOf(await server.call(path, { includeTypes: [] }, alice)).length, 0)
      assert.equal(await unreadOf(server, alice), 3)
      assert.equal(bodyOf(await server.call(path, { limit: 1, includeTypes: ['test', 'app'] }, alice)).length, 1)
      assert.equal(await unreadOf(server, alice), 0, 'all of them')
    }
    assert.equal(events.length, 2)
    bodyOf(await server.call(lists[0], {}, alice))
    assert.equal(events.length, 2, 'there was nothing to read')
    await tellMuch(server, 1)
    assert.equal(await unreadOf(server, alice), 1)
    assertEmpty(await server.call('notifications/mark-all-as-read', {}, alice))
    assert.equal(await unreadOf(server, alice), 0)
    assertEmpty(await server.call('notifications/mark-all-as-read', {}, alice))
    assert.deepEqual(events, Array(4).fill({ type: 'notificationsRead', userId: alice.id }))
  })

  test('are deleted at once', async () => {
    await using server = await open()
    const { alice, bob } = server
    const events = eventsOf(server, 'notificationsFlushed')
    await tellMuch(server, 3)
    await tell(server.ctx, { userId: bob.id, type: 'test' })
    assertEmpty(await server.call('notifications/flush', {}, alice))
    assert.deepEqual([await typesTold(server, alice), await typesTold(server, bob)], [[], ['test']])
    assert.equal(await unreadOf(server, alice), 0)
    assert.deepEqual(events, [{ type: 'notificationsFlushed', userId: alice.id }])
  })

  test('are made by applications, under their names', async () => {
    await using server = await open()
    const { ctx, alice } = server
    const events = eventsOf(server, 'notification')
    const issued = await issueToken(ctx, alice.id, {
      ...{ session: null, name: 'Notifier', description: null, iconUrl: 'https://app.example/i.png' },
      ...{ permissions: ['write:notifications'], expiresAt: null },
    })
    assert.ok(typeof issued !== 'string')
    await forget(server, alice)
    const cases: [params: object, as: string, expected: object][] = [
      [{ body: 'plain' }, issued.token, { body: 'plain', header: 'Notifier', icon: 'https://app.example/i.png' }],
      [
        { body: 'own', header: 'Head', icon: 'https://app.example/2.png' },
        issued.token,
        { body: 'own', header: 'Head', icon: 'https://app.example/2.png' },
      ],
      [{ body: 'native', header: null }, alice.token, { body: 'native', header: null, icon: null }],
    ]
    for (const [params, as, expected] of cases) {
      assertEmpty(await server.call('notifications/create', params, as))
      assertHas((await toldTo(server, alice))[0], { type: 'app', ...expected })
    }
    assertInvalid(await server.call('notifications/create', {}, alice), '#/required')
    assertEmpty(await server.call('notifications/test-notification', {}, alice))
    const [last] = await toldTo(server, alice)
    assert.equal(last.type, 'test')
    assert.deepEqual(events.at(-1), { type: 'notification', id: last.id, userId: alice.id })
    assert.equal(events.length, 5)
  })

  test('say who signed in and who was given a token', async () => {
    await using server = await open()
    const { ctx, alice, bob } = server
    const signIn = (password: string) => server.call('signin-flow', { username: 'alice', password })
    assert.equal((await signIn('not hers')).status, 403)
    assert.deepEqual(await typesTold(server, alice), [])
    assert.equal(bodyOf(await signIn(SEED_PASSWORD)).finished, true)
    assert.deepEqual(await typesTold(server, alice), ['login'])
    bodyOf(await server.call('miauth/gen-token', { session: null, permission: [] }, alice))
    assert.deepEqual(await typesTold(server, alice), ['createToken', 'login'])
    const request = { session: 'a-session', name: null, iconUrl: null, callback: null, permissions: [] }
    const decision = { allow: true, permissions: [], expiresAt: null }
    await settleMiauth(ctx, bob.id, request, decision)
    assert.equal(await settleMiauth(ctx, bob.id, request, decision), 'sessionUsed')
    assert.deepEqual(await typesTold(server, bob), ['createToken'])
  })

  test('of a request to follow go when it is answered', async () => {
    await using server = await open()
    const { ctx, alice, bob } = server
    const request = { id: ctx.ids.next(), followerId: bob.id, followeeId: alice.id }
    await ctx.transact(async (tx, afterCommit) => {
      await tx.insertInto('followRequest').values(request).execute()
      await notify(ctx, tx, afterCommit, { userId: alice.id, type: 'receiveFollowRequest', notifierId: bob.id })
    })
    await tell(ctx, { userId: bob.id, type: 'followRequestAccepted', notifierId: alice.id, data: { message: 'hello' } })
    const [shown] = await toldTo(server, alice)
    assert.equal(shown.type, 'receiveFollowRequest')
    assertShape(shown.user, 'UserLite')
    assertHas((await toldTo(server, bob))[0], { type: 'followRequestAccepted', message: 'hello', userId: alice.id })
    await ctx.transact((tx) => tx.deleteFrom('followRequest').execute())
    assert.deepEqual([await typesTold(server, alice), await unreadOf(server, alice)], [[], 0])
  })

  test('of a note go with it', async () => {
    await using server = await open()
    const { alice, bob } = server
    const noteId = await post(server, { text: '@alice' }, bob)
    const [mention] = await toldTo(server, alice)
    assertShape(mention.note, 'Note')
    assertEmpty(await server.call('notes/delete', { noteId }, bob))
    assert.deepEqual([await typesTold(server, alice), await unreadOf(server, alice)], [[], 0])
  })

  test('are kept as long as there are not too many', async () => {
    await using server = await open()
    const { ctx, alice, bob } = server
    const countOf = async ({ id }: { id: string }) => {
      const rows = await ctx.db.selectFrom('notification').select('id').where('userId', '=', id).orderBy('id').execute()
      return rows.map((row) => row.id)
    }
    await ctx.transact(async (tx, afterCommit) => {
      await notify(ctx, tx, afterCommit, { userId: bob.id, type: 'test' })
      const toldOften = Array(KEPT_NOTIFICATIONS).fill({ userId: alice.id, type: 'test' })
      for (let round = 0; round < 3; round++) await notifyAll(ctx, tx, afterCommit, {}, toldOften)
    })
    const left = await countOf(alice)
    assert.ok(left.length >= KEPT_NOTIFICATIONS && left.length < 3 * KEPT_NOTIFICATIONS, `${left.length} are left`)
    await ctx.transact((tx) => trimNotifications(tx, alice.id))
    assert.deepEqual(await countOf(alice), left.slice(-KEPT_NOTIFICATIONS))
    assert.equal((await countOf(bob)).length, 1)
    assert.equal(await unreadOf(server, alice), KEPT_NOTIFICATIONS)
  })
})

onEachDatabase('grouped notifications', (open) => {
  test('put together what nothing else came between', async () => {
    await using server = await open()
    const { ctx, alice, bob, carol, admin } = server
    const [one, two] = [await post(server, { text: 'one' }, alice), await post(server, { text: 'two' }, alice)]
    const react = (by: { id: string }, noteId: string, reaction: string) =>
      tell(ctx, { userId: alice.id, type: 'reaction', notifierId: by.id, noteId, data: { reaction } })
    await react(bob, one, '👍')
    await react(carol, one, ':bean:')
    await react(admin, two, '🎉')
    const renotes: string[] = []
    for (const by of [bob, carol, admin]) renotes.push(await post(server, { renoteId: one }, by))
    await tell(ctx, { userId: alice.id, type: 'test' })
    await react(admin, one, '❤')
    const rows = await toldTo(server, alice)
    const shown = await toldTo(server, alice, {}, 'i/notifications-grouped')
    assert.deepEqual(
      shown.map(({ type }) => type),
      ['reaction', 'test', 'renote:grouped', 'reaction', 'reaction:grouped'],
    )
    const [, , ofRenotes, , ofReactions] = shown
    assertHas(ofReactions, { id: rows.at(-1).id, createdAt: rows.at(-2).createdAt })
    assert.equal(ofReactions.note.id, one)
    assert.deepEqual(
      ofReactions.reactions.map(({ user, reaction }: { user: { id: string }; reaction: string }) => [
        user.id,
        reaction,
      ]),
      [
        [carol.id, ':bean:'],
        [bob.id, '👍'],
      ],
    )
    assert.equal(ofRenotes.id, rows[4].id)
    assert.equal(ofRenotes.note.id, renotes[2])
    assert.deepEqual(
      ofRenotes.users.map(({ id }: { id: string }) => id),
      [admin.id, carol.id, bob.id],
    )
    for (const { user } of ofReactions.reactions) assertShape(user, 'UserLite')

    // Page by page, the same.
    const paged: string[] = []
    for (let untilId: string | undefined; ; ) {
      const page = await toldTo(server, alice, { limit: 2, ...(untilId && { untilId }) }, 'i/notifications-grouped')
      if (page.length === 0) break
      paged.push(...page.map(({ type }) => type))
      untilId = page.at(-1).id
    }
    assert.deepEqual(
      paged,
      shown.map(({ type }) => type),
    )
    const only = await toldTo(server, alice, { includeTypes: ['reaction'] }, 'i/notifications-grouped')
    assert.deepEqual(
      only.map(({ type, note }) => [type, note.id]),
      [
        ['reaction', one],
        ['reaction', two],
        ['reaction:grouped', one],
      ],
    )
  })
})
