import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addEmoji } from '../../src/core/change-emojis.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertHas, assertShape, bodyOf } from './expect.ts'
import { atOnce, block, post, show } from './note-actions.ts'
import { assertPages } from './paging.ts'
import { listen, makePerson, NOBODY } from './relations.ts'
import { makeRole } from './roles.ts'

const HEART = '\u2764'

const react = (server: TestServer, as: Person, noteId: string, reaction: string) =>
  server.call('notes/reactions/create', { noteId, reaction }, as)

const withdraw = (server: TestServer, as: Person, noteId: string) =>
  server.call('notes/reactions/delete', { noteId }, as)

const reactionsOf = async (server: TestServer, noteId: string, more: object = {}) =>
  bodyOf(await server.call('notes/reactions', { noteId, ...more }))

const picture = 'https://cdn.example/bean.png'

onEachDatabase('reactions', (open) => {
  test('are shown on the note and in their list, change and go', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    await addEmoji(server.ctx, { name: 'bean', url: picture })
    const note = await post(server, alice, { text: 'hello' })
    assertHas(note, { reactions: {}, reactionEmojis: {}, reactionCount: 0, myReaction: 'absent' })
    assertEmpty(await react(server, bob, note.id, '👍'))
    assertEmpty(await react(server, carol, note.id, ':bean:'))
    assertEmpty(await react(server, alice, note.id, '👍'))
    const common = { reactions: { '👍': 2, ':bean@.:': 1 }, reactionEmojis: {}, reactionCount: 3 }
    assertHas(await show(server, note.id), { ...common, myReaction: 'absent' })
    assertHas(await show(server, note.id, bob), { ...common, myReaction: '👍' })
    assertHas(await show(server, note.id, carol), { ...common, myReaction: ':bean@.:' })

    const list = await reactionsOf(server, note.id)
    for (const one of list) {
      assertShape(one, 'NoteReaction')
      assertShape(one.user, 'UserLite')
    }
    const typed = (rows: { user: { id: string }; type: string }[]) => rows.map(({ user, type }) => [user.id, type])
    assert.deepEqual(typed(list), [
      [alice.id, '👍'],
      [carol.id, ':bean@.:'],
      [bob.id, '👍'],
    ])
    for (const type of [':bean@.:', ':bean:']) {
      assert.deepEqual(typed(await reactionsOf(server, note.id, { type })), [[carol.id, ':bean@.:']])
    }
    assert.equal((await reactionsOf(server, note.id, { type: '👍' })).length, 2)
    assert.equal((await reactionsOf(server, note.id, { type: null })).length, 3)
    assert.deepEqual(await reactionsOf(server, note.id, { type: '🎉' }), [])

    assertEmpty(await react(server, carol, note.id, '🎉'))
    assertHas(await show(server, note.id, carol), {
      reactions: { '👍': 2, '🎉': 1 },
      reactionCount: 3,
      myReaction: '🎉',
    })
    assertEmpty(await withdraw(server, carol, note.id))
    assertEmpty(await withdraw(server, bob, note.id))
    assertHas(await show(server, note.id, carol), { reactions: { '👍': 1 }, reactionCount: 1, myReaction: 'absent' })
  })

  test('are shown on what a note replies to and renotes', async () => {
    await using server = await open()
    const { alice, bob } = server
    const note = await post(server, alice, { text: 'hello' })
    assertEmpty(await react(server, bob, note.id, '👍'))
    const reply = await post(server, bob, { text: 'reply', replyId: note.id })
    const renote = await post(server, bob, { renoteId: note.id })
    assertHas(reply.reply, { reactions: { '👍': 1 }, reactionCount: 1, myReaction: 'absent' })
    assertHas(renote.renote, { reactions: { '👍': 1 }, reactionCount: 1, myReaction: '👍' })
    assertHas(renote, { reactions: {}, reactionCount: 0, myReaction: 'absent' })
  })

  test('what cannot be reacted to, and what cannot be taken back', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const note = await post(server, alice, { text: 'hello' })
    const renote = await post(server, bob, { renoteId: note.id })
    const quote = await post(server, bob, { renoteId: note.id, text: 'quote' })
    const direct = await post(server, alice, { text: 'x', visibility: 'specified', visibleUserIds: [bob.id] })
    const followers = await post(server, alice, { text: 'x', visibility: 'followers' })
    assertEmpty(await react(server, carol, note.id, '👍'))
    const refused = async (noteId: string, code: string, reaction = '👍') =>
      assertError(await react(server, carol, noteId, reaction), 'notes/reactions/create', code)
    await refused(NOBODY, 'NO_SUCH_NOTE')
    await refused(direct.id, 'NO_SUCH_NOTE')
    await refused(followers.id, 'NO_SUCH_NOTE')
    await refused(renote.id, 'CANNOT_REACT_TO_RENOTE')
    await refused(note.id, 'ALREADY_REACTED')
    await refused(note.id, 'ALREADY_REACTED', 'like')
    assertEmpty(await react(server, carol, quote.id, '👍'))
    assertEmpty(await react(server, bob, direct.id, '👍'))
    await block(server, alice, bob)
    assertError(await react(server, bob, note.id, '👍'), 'notes/reactions/create', 'YOU_HAVE_BEEN_BLOCKED')
    for (const [noteId, code] of [
      [NOBODY, 'NO_SUCH_NOTE'],
      [renote.id, 'NOT_REACTED'],
      [followers.id, 'NOT_REACTED'],
    ] as const) {
      assertError(await withdraw(server, carol, noteId), 'notes/reactions/delete', code)
    }
    assertHas(await show(server, note.id), { reactions: { '👍': 1 }, reactionCount: 1 })
    assertHas(await show(server, followers.id, alice), { reactions: {}, reactionCount: 0 })
    // What was given can be taken back, whatever has happened since.
    assertEmpty(await withdraw(server, bob, direct.id))
  })

  test('custom emojis are for those who may use them where they may be used', async () => {
    await using server = await open()
    const { ctx, alice, bob, carol } = server
    const given = await makeRole(server)
    const over = await makeRole(server)
    const cats = await makeRole(server, { target: 'conditional', condFormula: { id: 'c', type: 'isCat' } })
    await makePerson(server, carol, { isCat: true })
    const give = async (roleId: string, { id }: Person, expiresAt: number | null) => {
      const row = { id: ctx.ids.next(), roleId, userId: id, expiresAt }
      await ctx.transact((tx) => tx.insertInto('roleAssignment').values(row).execute())
    }
    await give(given, bob, null)
    await give(over, bob, Date.now() - 1)
    await give(over, carol, Date.now() + 1_000_000)
    await addEmoji(ctx, { name: 'bean', url: picture })
    await addEmoji(ctx, { name: 'nsfw', url: picture, isSensitive: true })
    await addEmoji(ctx, { name: 'ofGiven', url: picture, roleIds: [given] })
    await addEmoji(ctx, { name: 'ofOver', url: picture, roleIds: [over] })
    await addEmoji(ctx, { name: 'ofCats', url: picture, roleIds: [cats] })
    await addEmoji(ctx, { name: 'ofEither', url: picture, roleIds: [over, given] })
    const shown = (name: string) => `:${name}@.:`
    for (const [acceptance, as, reaction, expected] of [
      [null, bob, ':bean@.:', shown('bean')],
      [null, bob, ':Bean:', HEART],
      [null, bob, ':nobody:', HEART],
      [null, bob, ':bean@remote.example:', HEART],
      [null, bob, ':nsfw:', shown('nsfw')],
      [null, bob, ':ofGiven:', shown('ofGiven')],
      [null, bob, ':ofOver:', HEART],
      [null, bob, ':ofEither:', shown('ofEither')],
      [null, carol, ':ofGiven:', HEART],
      [null, carol, ':ofOver:', shown('ofOver')],
      [null, alice, ':ofEither:', HEART],
      [null, carol, ':ofCats:', shown('ofCats')],
      [null, bob, ':ofCats:', HEART],
      ['likeOnly', bob, ':bean:', HEART],
      ['likeOnly', bob, '🎉', HEART],
      ['likeOnly', bob, 'like', HEART],
      ['likeOnlyForRemote', bob, ':nsfw:', shown('nsfw')],
      ['nonSensitiveOnly', bob, ':nsfw:', HEART],
      ['nonSensitiveOnly', bob, ':bean:', shown('bean')],
      ['nonSensitiveOnly', bob, '🎉', '🎉'],
      ['nonSensitiveOnlyForLocalLikeOnlyForRemote', bob, ':nsfw:', HEART],
      ['nonSensitiveOnlyForLocalLikeOnlyForRemote', bob, ':bean:', shown('bean')],
    ] as const) {
      const note = await post(server, alice, { text: 'x', reactionAcceptance: acceptance })
      assertEmpty(await react(server, as, note.id, reaction))
      assertHas(await show(server, note.id), { reactions: { [expected]: 1 } })
    }
  })

  test('tell the author and the streams, with the reaction as it is stored', async () => {
    await using server = await open()
    const { ctx, alice, bob } = server
    await addEmoji(ctx, { name: 'bean', url: picture })
    const note = await post(server, alice, { text: 'hello' })
    const heard = listen(server, 'reacted', 'unreacted')
    assertEmpty(await react(server, bob, note.id, ':bean@.:'))
    assertEmpty(await react(server, bob, note.id, '👍'))
    assertError(await react(server, bob, note.id, '👍'), 'notes/reactions/create', 'ALREADY_REACTED')
    assertEmpty(await withdraw(server, bob, note.id))
    assertEmpty(await react(server, alice, note.id, '👍'))
    const event = (type: string, reaction: string, { id }: Person = bob) => ({
      ...{ type, noteId: note.id, userId: id, reaction },
    })
    assert.deepEqual(heard, [
      event('reacted', ':bean:'),
      event('unreacted', ':bean:'),
      event('reacted', '👍'),
      event('unreacted', '👍'),
      event('reacted', '👍', alice),
    ])
    const notices = await ctx.db.selectFrom('notification').selectAll().where('type', '=', 'reaction').execute()
    assert.deepEqual(
      notices.map(({ userId, notifierId, noteId, data }) => [userId, notifierId, noteId, data]),
      [':bean:', '👍'].map((reaction) => [alice.id, bob.id, note.id, { reaction }]),
    )
  })

  test('of one person at once, the same or different, one counts', async () => {
    await using server = await open()
    const { alice, bob } = server
    const note = await post(server, alice, { text: 'hello' })
    const same = await atOnce(20, () => react(server, bob, note.id, '👍'))
    assert.deepEqual(same, { 204: 1, ALREADY_REACTED: 19 })
    assertHas(await show(server, note.id), { reactions: { '👍': 1 }, reactionCount: 1 })

    const emojis = ['🎉', '🍮', '😆', '🤔', '😮']
    const different = await atOnce(20, (turn) => react(server, bob, note.id, emojis[turn % 5]!))
    assert.equal((different['204'] ?? 0) + (different['ALREADY_REACTED'] ?? 0), 20, JSON.stringify(different))
    const after = await show(server, note.id, bob)
    assertHas(after, { reactions: { [after.myReaction]: 1 }, reactionCount: 1 })
    assert.equal((await reactionsOf(server, note.id)).length, 1)

    const gone = await atOnce(20, () => withdraw(server, bob, note.id))
    assert.deepEqual(gone, { 204: 1, NOT_REACTED: 19 })
    assertHas(await show(server, note.id), { reactions: {}, reactionCount: 0 })
  })

  test('lists come in pages, of what the reader may see', async () => {
    await using server = await open({ settings: { registration: 'open' } })
    const { alice } = server
    const note = await post(server, alice, { text: 'hello' })
    const direct = await post(server, alice, { text: 'x', visibility: 'specified', visibleUserIds: [] })
    const ids: string[] = []
    for (let turn = 0; turn < 10; turn++) {
      const { body } = await server.call('signup', { username: `fan${turn}`, password: 'a password' })
      assertEmpty(await react(server, body, note.id, turn % 2 ? '👍' : '🎉'))
      ids.push((await reactionsOf(server, note.id, { limit: 1 }))[0].id)
    }
    await assertPages(server, 'notes/reactions', { noteId: note.id }, null, ids)
    const thumbs = ids.filter((_, turn) => turn % 2)
    await assertPages(server, 'notes/reactions', { noteId: note.id, type: '👍' }, null, thumbs)

    assertEmpty(await react(server, alice, direct.id, '👍'))
    assert.deepEqual(await reactionsOf(server, direct.id), [])
    assert.equal(bodyOf(await server.call('notes/reactions', { noteId: direct.id }, alice)).length, 1)
    assert.deepEqual(await reactionsOf(server, NOBODY), [])
  })

  test('of a person are for whom they let see them', async () => {
    await using server = await open()
    const { alice, bob, carol, admin } = server
    const note = await post(server, alice, { text: 'hello' })
    assertEmpty(await react(server, bob, note.id, '👍'))
    const read = (as: Person | null, userId = bob.id) => server.call('users/reactions', { userId }, as)
    const [one] = bodyOf(await read(null))
    assertShape(one, 'NoteReaction', 'NoteReactionWithNote')
    assert.deepEqual([one.type, one.user.id, one.note.id, one.note.text], ['👍', bob.id, note.id, 'hello'])
    assert.equal(bodyOf(await read(bob))[0].note.myReaction, '👍')
    assert.deepEqual(bodyOf(await read(carol, NOBODY)), [])

    await makePerson(server, bob, { publicReactions: false })
    for (const as of [null, alice, carol]) assertError(await read(as), 'users/reactions', 'REACTIONS_NOT_PUBLIC')
    for (const as of [bob, admin]) assert.equal(bodyOf(await read(as)).length, 1)
    await makePerson(server, bob, { publicReactions: true })
    await block(server, bob, carol)
    assert.deepEqual(bodyOf(await read(carol)), [])
    assert.equal(bodyOf(await read(alice)).length, 1)
  })

  test('of a person come in full pages, without notes the reader may or would not see', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const ids: string[] = []
    const reactTo = async (author: Person, params: object) => {
      const note = await post(server, author, { text: 'x', ...params })
      assertEmpty(await react(server, bob, note.id, '👍'))
      return bodyOf(await server.call('users/reactions', { userId: bob.id, limit: 1 }, bob))[0].id as string
    }
    const forBob = { visibility: 'specified', visibleUserIds: [bob.id] }
    for (let turn = 0; turn < 10; turn++) {
      await reactTo(alice, forBob)
      ids.push(await reactTo(alice, {}))
      await reactTo(server.admin, {})
    }
    assertEmpty(await server.call('mute/create', { userId: server.admin.id }, carol))
    await assertPages(server, 'users/reactions', { userId: bob.id }, carol, ids)
    assert.equal(bodyOf(await server.call('users/reactions', { userId: bob.id, limit: 100 }, bob)).length, 30)
  })
})
