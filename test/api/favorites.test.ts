import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertHas, assertShape, bodyOf } from './expect.ts'
import { atOnce, post } from './note-actions.ts'
import { assertPages } from './paging.ts'
import { NOBODY } from './relations.ts'

const keep = (server: TestServer, as: Person, noteId: string) => server.call('notes/favorites/create', { noteId }, as)
const drop = (server: TestServer, as: Person, noteId: string) => server.call('notes/favorites/delete', { noteId }, as)
const kept = async (server: TestServer, as: Person, page: object = {}) =>
  bodyOf(await server.call('i/favorites', page, as))
const stateOf = async (server: TestServer, as: Person, noteId: string) =>
  bodyOf(await server.call('notes/state', { noteId }, as))

onEachDatabase('favourites and muted conversations', (open) => {
  test('a note is kept and dropped, each person for themselves', async () => {
    await using server = await open()
    const { alice, bob } = server
    const note = await post(server, alice, { text: 'hello' })
    assert.deepEqual(await stateOf(server, bob, note.id), { isFavorited: false, isMutedThread: false })
    assertEmpty(await keep(server, bob, note.id))
    assert.deepEqual(await stateOf(server, bob, note.id), { isFavorited: true, isMutedThread: false })
    assert.deepEqual(await stateOf(server, alice, note.id), { isFavorited: false, isMutedThread: false })
    const [one] = await kept(server, bob)
    assertShape(one, 'NoteFavorite')
    assert.deepEqual([one.noteId, one.note.id, one.note.text], [note.id, note.id, 'hello'])
    assert.deepEqual(await kept(server, alice), [])
    assertEmpty(await drop(server, bob, note.id))
    assert.deepEqual(await kept(server, bob), [])
    assert.equal((await stateOf(server, bob, note.id)).isFavorited, false)
  })

  test('what cannot be kept or dropped', async () => {
    await using server = await open()
    const { alice, bob } = server
    const note = await post(server, alice, { text: 'hello' })
    assertError(await keep(server, bob, NOBODY), 'notes/favorites/create', 'NO_SUCH_NOTE')
    assertError(await drop(server, bob, NOBODY), 'notes/favorites/delete', 'NO_SUCH_NOTE')
    assertError(await drop(server, bob, note.id), 'notes/favorites/delete', 'NOT_FAVORITED')
    assert.deepEqual(await atOnce(20, () => keep(server, bob, note.id)), { 204: 1, ALREADY_FAVORITED: 19 })
    assertError(await keep(server, bob, note.id), 'notes/favorites/create', 'ALREADY_FAVORITED')
    assert.equal((await kept(server, bob)).length, 1)
  })

  test('favourites are paged in the order they were kept, and go with their note', async () => {
    await using server = await open()
    const { alice, bob } = server
    const notes = []
    for (let turn = 0; turn < 11; turn++) notes.push(await post(server, alice, { text: `${turn}` }))
    for (const note of notes.toReversed()) assertEmpty(await keep(server, bob, note.id))
    assertEmpty(await server.call('notes/delete', { noteId: notes[5].id }, alice))
    const all = await kept(server, bob, { limit: 100 })
    assert.equal(all[0].note.id, notes[0].id)
    assert.equal(all.length, 10)
    await assertPages(server, 'i/favorites', {}, bob, all.map(({ id }: { id: string }) => id).reverse())
  })

  test('a favourite that is not for its owner’s eyes comes hidden', async () => {
    await using server = await open()
    const { alice, bob } = server
    const note = await post(server, alice, { text: 'secret', visibility: 'specified', visibleUserIds: [] })
    assertEmpty(await keep(server, bob, note.id))
    assertHas((await kept(server, bob))[0].note, { id: note.id, text: null, isHidden: true })
  })

  test('a conversation is muted as a whole, and it may be said twice', async () => {
    await using server = await open()
    const { alice, bob } = server
    const root = await post(server, alice, { text: 'root' })
    const reply = await post(server, bob, { text: 'reply', replyId: root.id })
    const other = await post(server, alice, { text: 'other' })
    const call = (name: 'create' | 'delete', noteId: string) =>
      server.call(`notes/thread-muting/${name}`, { noteId }, bob)
    const muted = async (as: Person) =>
      Promise.all([root, reply, other].map(async ({ id }) => (await stateOf(server, as, id)).isMutedThread))
    assertEmpty(await call('create', reply.id))
    assertEmpty(await call('create', root.id))
    assert.deepEqual(await muted(bob), [true, true, false])
    assert.deepEqual(await muted(alice), [false, false, false])
    assertEmpty(await call('delete', root.id))
    assertEmpty(await call('delete', root.id))
    assert.deepEqual(await muted(bob), [false, false, false])
    for (const name of ['create', 'delete'] as const) {
      assertError(await call(name, NOBODY), `notes/thread-muting/${name}`, 'NO_SUCH_NOTE')
    }
  })

  test('an unknown note has no state', async () => {
    await using server = await open()
    const { status, body } = await server.call('notes/state', { noteId: NOBODY }, server.bob)
    assert.deepEqual([status, body.error.code], [400, 'NO_SUCH_NOTE'])
  })
})
