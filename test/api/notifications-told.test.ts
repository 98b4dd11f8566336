import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tell } from '../../src/core/tell.ts'
import { setSuspended } from '../../src/db/queries/users.ts'
import { toJson } from '../../src/db/schema/json.ts'
import { until } from '../jobs/waiting.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertHas, bodyOf } from './expect.ts'
import { facts, forget, type NoticeFacts, post, toldTo, typesTold } from './notices.ts'

/** Has bob post what the table says, and asks what alice was told. */
async function assertTold(server: TestServer, table: NoticeFacts['ofNotes']): Promise<void> {
  const { alice, bob, carol } = server
  const ids: Record<string, string> = {
    alice: alice.id,
    carol: carol.id,
    hers: await post(server, { text: 'by alice' }, alice),
    carols: await post(server, { text: 'by carol' }, carol),
  }
  for (const { name, note, tells } of table) {
    await forget(server, alice)
    const params = JSON.parse(JSON.stringify(note).replaceAll(/"\$(\w+)"/g, (_, key: string) => `"${ids[key]}"`))
    const noteId = await post(server, params, bob)
    const told = await toldTo(server, alice)
    assert.deepEqual(told.map(({ type }) => type).sort(), tells, name)
    for (const one of told) {
      assertHas(one, { userId: bob.id })
      assert.equal(one.note.id, noteId)
    }
  }
}

const setNotify = ({ ctx }: TestServer, follower: Person, followee: Person) =>
  ctx.transact((tx) =>
    tx
      .updateTable('following')
      .set({ notify: 'normal' })
      .where('followerId', '=', follower.id)
      .where('followeeId', '=', followee.id)
      .execute(),
  )

onEachDatabase('what people are told', (open) => {
  test('of notes that are about them', async () => {
    await using server = await open()
    await assertTold(server, facts.ofNotes)
  })

  test('of every note of somebody, when they want to be', async () => {
    await using server = await open()
    const { ctx, alice, bob, carol } = server
    bodyOf(await server.call('following/create', { userId: bob.id }, alice))
    await setNotify(server, alice, bob)
    await assertTold(server, facts.ofNotesToFollowers)
    await ctx.transact((tx) =>
      tx.insertInto('renoteMuting').values({ id: ctx.ids.next(), muterId: alice.id, muteeId: bob.id }).execute(),
    )
    await forget(server, alice)
    const carols = await post(server, { text: 'again' }, carol)
    await post(server, { renoteId: carols }, bob)
    assert.deepEqual(await typesTold(server, alice), [])
    await post(server, { renoteId: carols, text: 'and a word' }, bob)
    assert.deepEqual(await typesTold(server, alice), ['note'])
  })

  test('of nothing they did themselves', async () => {
    await using server = await open()
    const { alice } = server
    const own = await post(server, { text: '@alice' }, alice)
    await post(server, { text: 'on', replyId: own }, alice)
    await post(server, { renoteId: own }, alice)
    assert.deepEqual(await typesTold(server, alice), [])
  })

  test('from whom they want to hear', async () => {
    await using server = await open()
    const { ctx, alice, bob, carol, admin } = server
    for (const [by, of] of [
      [alice, bob],
      [carol, alice],
      [admin, alice],
      [alice, admin],
    ] as const) {
      bodyOf(await server.call('following/create', { userId: of.id }, by))
    }
    const listId = bodyOf(await server.call('users/lists/create', { name: 'heard' }, alice)).id
    const foreign = bodyOf(await server.call('users/lists/create', { name: 'not hers' }, bob)).id
    for (const [list, userId, as] of [
      [listId, carol.id, alice],
      [foreign, bob.id, bob],
    ] as const) {
      assert.equal((await server.call('users/lists/push', { listId: list, userId }, as)).status, 204)
    }
    const configure = (mention: object) =>
      ctx.transact((tx) =>
        tx
          .updateTable('account')
          .set({ notificationRecieveConfig: toJson({ mention, app: mention }) })
          .where('userId', '=', alice.id)
          .execute(),
      )
    const heard = async () => {
      await forget(server, alice)
      for (const one of [bob, carol, admin]) await post(server, { text: '@alice' }, one)
      const told = new Set((await toldTo(server, alice)).map(({ userId }) => userId))
      return { bob: told.has(bob.id), carol: told.has(carol.id), admin: told.has(admin.id) }
    }
    for (const { from, ...expected } of facts.config) {
      await configure({ type: from, ...(from === 'list' && { userListId: listId }) })
      assert.deepEqual(await heard(), expected, from)
      await forget(server, alice)
      await tell(ctx, { userId: alice.id, type: 'app', data: { body: 'from nobody' } })
      assert.equal((await typesTold(server, alice)).length, from === 'never' ? 0 : 1, from)
    }
    await configure({ type: 'list', userListId: foreign })
    assert.deepEqual(await heard(), { bob: false, carol: false, admin: false })
  })

  test('not by those they muted, nor by the suspended, nor of conversations they muted', async () => {
    await using server = await open()
    const { ctx, alice, bob, carol } = server
    const note = await post(server, { text: 'root' }, alice)
    const mute = async (muteeId: string, expiresAt: number | null) => {
      const row = { id: ctx.ids.next(), muterId: alice.id, muteeId, expiresAt }
      await ctx.transact((tx) => tx.insertInto('muting').values(row).execute())
    }
    await mute(bob.id, null)
    await mute(carol.id, Date.now() - 1)
    for (const one of [bob, carol]) await post(server, { text: '@alice', replyId: note }, one)
    assert.deepEqual(
      (await toldTo(server, alice)).map(({ userId }) => userId),
      [carol.id],
    )
    await ctx.transact((tx) => setSuspended(tx, carol.id, true))
    assert.deepEqual(await typesTold(server, alice), [], 'what was told before is not shown either')
    await tell(ctx, { userId: alice.id, type: 'follow', notifierId: carol.id })
    await ctx.transact((tx) => setSuspended(tx, carol.id, false))
    assert.deepEqual(await typesTold(server, alice), ['reply'])

    await forget(server, alice)
    await ctx.transact((tx) =>
      tx.insertInto('threadMuting').values({ id: ctx.ids.next(), userId: alice.id, threadId: note }).execute(),
    )
    const reply = await post(server, { text: 'one', replyId: note }, carol)
    await post(server, { text: '@alice', replyId: reply }, carol)
    assert.deepEqual(await typesTold(server, alice), [])
    await post(server, { renoteId: note }, carol)
    assert.deepEqual(await typesTold(server, alice), ['renote'])
  })

  test('of a note to many who want to hear of each, soon after', async () => {
    await using server = await open()
    const { ctx, alice, bob } = server
    const ids = Array.from({ length: 230 }, () => ctx.ids.next())
    await ctx.transact(async (tx) => {
      for (const id of [...ids, alice.id]) {
        if (id !== alice.id) {
          await tx
            .insertInto('user')
            .values({ id, username: id, usernameLower: id, fields: '[]', alsoKnownAs: '[]' })
            .execute()
          const lists = { emailNotificationTypes: '[]', mutedWords: '[]', hardMutedWords: '[]', mutedInstances: '[]' }
          await tx
            .insertInto('account')
            .values({ userId: id, passwordHash: '-', notificationRecieveConfig: '{}', ...lists })
            .execute()
        }
        const follow = { id: ctx.ids.next(), followerId: id, followeeId: bob.id, notify: 'normal' as const }
        await tx.insertInto('following').values(follow).execute()
      }
    })
    const noteId = await post(server, { text: 'to many' }, bob)
    const told = async () => {
      const rows = await ctx.db.selectFrom('notification').select('userId').where('noteId', '=', noteId).execute()
      return rows.map(({ userId }) => userId).sort()
    }
    const jobs = () => ctx.db.selectFrom('job').selectAll().execute()
    await until(jobs, ({ length }) => length === 0)
    assert.deepEqual(await told(), [...ids, alice.id].sort())
    assert.deepEqual(await typesTold(server, alice), ['note'])
  })

  test('that a poll is over: its author and those who voted', async () => {
    await using server = await open()
    const { ctx, alice, bob, carol } = server
    const noteId = await post(server, { text: 'which', poll: { choices: ['a', 'b'], multiple: true } }, alice)
    await ctx.transact(async (tx) => {
      for (const [userId, choice] of [
        [bob.id, 0],
        [bob.id, 1],
        [alice.id, 1],
      ] as const) {
        await tx.insertInto('pollVote').values({ id: ctx.ids.next(), noteId, userId, choice }).execute()
      }
      for (const [id, of] of [
        ['over', noteId],
        ['gone', 'aaaaaaaaaaaaaaaa'],
      ] as const) {
        const job = { id, kind: 'pollEnded', subject: of, data: toJson({ noteId: of }), runAt: 0 }
        await tx.insertInto('job').values(job).execute()
      }
    })
    ctx.bus.publish({ type: 'job' })
    await until(
      () => ctx.db.selectFrom('job').selectAll().execute(),
      ({ length }) => length === 0,
    )
    for (const [person, expected] of [
      [alice, ['pollEnded']],
      [bob, ['pollEnded']],
      [carol, []],
    ] as const) {
      assert.deepEqual(await typesTold(server, person), expected, person.username)
    }
    assert.equal((await toldTo(server, bob))[0].note.id, noteId)
  })
})
