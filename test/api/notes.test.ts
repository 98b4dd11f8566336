import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertHas, assertShape, bodyOf } from './expect.ts'

const post = async (server: TestServer, as: Person, params: object) =>
  bodyOf(await server.call('notes/create', params, as)).createdNote

const show = async (server: TestServer, noteId: string, as: Person | null = null) =>
  bodyOf(await server.call('notes/show', { noteId }, as))

onEachDatabase('notes', (open) => {
  test('a note out of sight is shown without what it says and whom it names', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const poll = { choices: ['@carol', 'no'] }
    const params = { text: 'for @bob #tag', cw: 'careful', poll, visibility: 'specified', visibleUserIds: [bob.id] }
    const note = await post(server, alice, params)
    await post(server, bob, { text: 'so?', replyId: note.id, visibility: 'specified' })
    for (const outsider of [carol, server.admin, null]) {
      const { id, createdAt, user, ...hidden } = await show(server, note.id, outsider)
      assertShape(user, 'UserLite')
      assert.deepEqual([id, createdAt, user.id], [note.id, note.createdAt, alice.id])
      // A person named in a direct note that is not for them learns nothing of it.
      assert.deepEqual(hidden, {
        userId: alice.id,
        isHidden: true,
        text: null,
        cw: null,
        fileIds: [],
        files: [],
        visibility: 'specified',
        localOnly: false,
        reactionAcceptance: null,
        reactions: {},
        reactionEmojis: {},
        reactionCount: 0,
        renoteCount: 0,
        repliesCount: 1,
        replyId: null,
        renoteId: null,
        clippedCount: 0,
      })
    }
    for (const insider of [alice, bob]) {
      const { text, poll, visibleUserIds, isHidden } = await show(server, note.id, insider)
      assert.deepEqual([text, visibleUserIds, isHidden], ['for @bob #tag', [bob.id], undefined])
      assert.equal(poll.choices.length, 2)
    }
  })

  test('an unknown note, and one whose author shows them to signed-in people only', async () => {
    await using server = await open()
    const { alice, bob } = server
    assertError(await server.call('notes/show', { noteId: 'aaaaaaaaaaaaaaaa' }), 'notes/show', 'NO_SUCH_NOTE')
    const note = await post(server, alice, { text: 'members only' })
    const renote = await post(server, bob, { renoteId: note.id })
    const reply = await post(server, bob, { text: 'a reply', replyId: note.id })
    const changed = { requireSigninToViewContents: true }
    await server.ctx.transact((tx) => tx.updateTable('user').set(changed).where('id', '=', alice.id).execute())
    server.ctx.bus.publish({ type: 'user', id: alice.id })

    assertError(await server.call('notes/show', { noteId: note.id }), 'notes/show', 'CONTENT_RESTRICTED_BY_USER')
    assertHas(await show(server, note.id, bob), { text: 'members only', isHidden: 'absent' })
    assertHas((await show(server, renote.id)).renote, { text: null, isHidden: true })
    assertHas((await show(server, reply.id)).reply, { text: null, isHidden: true })
    assert.deepEqual(bodyOf(await server.call('users/notes', { userId: alice.id })), [])
    for (const path of ['notes/local-timeline', 'notes/global-timeline']) {
      const texts = bodyOf(await server.call(path)).map((one: { text: string }) => one.text)
      assert.ok(!texts.includes('members only'), path)
      assert.ok(!JSON.stringify(bodyOf(await server.call(path))).includes('members only'), path)
    }
    assert.equal(bodyOf(await server.call('users/notes', { userId: alice.id }, bob)).length, 1)
  })

  test('replies carry their target in short, renotes theirs in full, and so on down', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const root = await post(server, alice, { text: 'root', poll: { choices: ['a', 'b'] } })
    const reply = await post(server, bob, { text: 'reply', replyId: root.id })
    const deeper = await post(server, carol, { text: 'deeper', replyId: reply.id })
    const short = { reply: 'absent', renote: 'absent', poll: 'absent', clippedCount: 'absent', myReaction: 'absent' }
    assertHas(deeper.reply, { id: reply.id, text: 'reply', replyId: root.id, mentions: [alice.id], ...short })
    assertShape(deeper.reply, 'Note')
    assertHas(reply.reply, { id: root.id, hasPoll: true, ...short })

    const quote = await post(server, bob, { text: 'quote', renoteId: reply.id })
    assertHas(quote.renote, { id: reply.id, clippedCount: 0, renote: 'absent' })
    assertHas(quote.renote.reply, { id: root.id, ...short })
    const outer = await post(server, carol, { text: 'outer', renoteId: quote.id })
    assert.equal(outer.renote.renote.reply.id, root.id)
    const renote = await post(server, alice, { renoteId: root.id })
    assertHas(renote.renote, { id: root.id, poll: { ...root.poll }, clippedCount: 0 })
    assertHas(await show(server, outer.id), { reply: 'absent', replyId: null, renoteId: quote.id })
  })

  test('a long chain of quotes is shown to some depth', async () => {
    await using server = await open()
    let note = await post(server, server.alice, { text: '0' })
    for (let depth = 1; depth < 12; depth++) {
      note = await post(server, server.alice, { text: String(depth), renoteId: note.id })
    }
    const depthOf = (one: { renote?: object } | null | undefined): number =>
      one?.renote ? 1 + depthOf(one.renote as { renote?: object }) : 0
    assert.ok(depthOf(note) >= 2 && depthOf(note) <= 6, `${depthOf(note)} deep`)
    assert.doesNotMatch(JSON.stringify(note), /"renote":null/, 'what is left out for its depth was not deleted')
  })

  test('replies to and renotes of a deleted note stay', async () => {
    await using server = await open()
    const { alice, bob } = server
    const note = await post(server, alice, { text: 'to be deleted', poll: { choices: ['a', 'b'] } })
    const reply = await post(server, bob, { text: 'reply', replyId: note.id })
    const quote = await post(server, bob, { text: 'quote', renoteId: note.id })
    const renote = await post(server, bob, { renoteId: note.id })
    assertEmpty(await server.call('notes/delete', { noteId: note.id }, alice))
    assertError(await server.call('notes/show', { noteId: note.id }, alice), 'notes/show', 'NO_SUCH_NOTE')
    assertHas(await show(server, reply.id), { replyId: note.id, reply: null, mentions: [alice.id] })
    assertHas(await show(server, quote.id), { renoteId: note.id, renote: null, text: 'quote' })
    assertHas(await show(server, renote.id), { renoteId: note.id, renote: null, text: null })
    const page = bodyOf(await server.call('users/notes', { userId: bob.id, withReplies: true }))
    assert.deepEqual(
      page.map(({ id }: { id: string }) => id),
      [renote.id, quote.id, reply.id],
    )
    assertError(
      await server.call('notes/create', { text: 'x', replyId: note.id }, bob),
      'notes/create',
      'NO_SUCH_REPLY_TARGET',
    )
    assertHas(await post(server, alice, { text: 'x', replyId: reply.id }), { replyId: reply.id })
  })

  test('notes are deleted by their author and by moderators, and counted down', async () => {
    await using server = await open()
    const { alice, bob, admin } = server
    const note = await post(server, alice, { text: 'mine' })
    const reply = await post(server, bob, { text: 'reply', replyId: note.id })
    const remove = (noteId: string, as: Person) => server.call('notes/delete', { noteId }, as)
    assertError(await remove(note.id, bob), 'notes/delete', 'ACCESS_DENIED')
    assertError(await remove('aaaaaaaaaaaaaaaa', bob), 'notes/delete', 'NO_SUCH_NOTE')
    assert.equal((await show(server, note.id)).repliesCount, 1)
    assertEmpty(await remove(reply.id, admin))
    assertError(await remove(reply.id, admin), 'notes/delete', 'NO_SUCH_NOTE')
    assert.equal((await show(server, note.id)).repliesCount, 0)
    const counts = await Promise.all(
      [alice, bob, admin].map(
        async ({ id }) => bodyOf(await server.call('users/show', { userId: id })).notesCount as number,
      ),
    )
    assert.deepEqual(counts, [1, 0, 0])
  })

  test('of several deletions at once one counts', async () => {
    await using server = await open()
    const note = await post(server, server.alice, { text: 'once' })
    const remove = () => server.call('notes/delete', { noteId: note.id }, server.alice)
    const statuses = (await Promise.all([remove(), remove(), remove()])).map(({ status }) => status)
    assert.deepEqual(statuses.sort(), [204, 400, 400])
    assert.equal(bodyOf(await server.call('users/show', { userId: server.alice.id })).notesCount, 0)
  })
})
