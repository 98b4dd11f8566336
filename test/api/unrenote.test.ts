import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase } from '../server.ts'
import { assertEmpty, assertError, bodyOf } from './expect.ts'
import { post, show } from './note-actions.ts'
import { listen, NOBODY } from './relations.ts'

onEachDatabase('taking back renotes', (open) => {
  test('deletes one’s own renotes and quotes of the note and nothing else, and counts them down', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const root = await post(server, alice, { text: 'root' })
    const other = await post(server, alice, { text: 'other' })
    const renote = await post(server, bob, { renoteId: root.id })
    const quote = await post(server, bob, { renoteId: root.id, text: 'quote', replyId: other.id })
    const stays = [
      await post(server, bob, { renoteId: other.id }),
      await post(server, bob, { text: 'reply', replyId: root.id }),
      await post(server, carol, { renoteId: root.id }),
      await post(server, carol, { renoteId: quote.id, text: 'quote of the quote' }),
    ]
    const heard = listen(server, 'noteDeleted')
    assertEmpty(await server.call('notes/unrenote', { noteId: root.id }, bob))
    assert.deepEqual(heard.map((event) => 'id' in event && event.id).sort(), [renote.id, quote.id].sort())
    for (const { id } of [renote, quote]) {
      assertError(await server.call('notes/show', { noteId: id }), 'notes/show', 'NO_SUCH_NOTE')
    }
    for (const { id } of stays) assert.equal((await show(server, id)).id, id)
    const counts = ({ renoteCount, repliesCount }: Record<string, number>) => [renoteCount, repliesCount]
    assert.deepEqual(counts(await show(server, root.id)), [1, 1])
    assert.deepEqual(counts(await show(server, other.id)), [1, 0])
    assert.equal(bodyOf(await server.call('users/show', { userId: bob.id })).notesCount, 2)
    // Nothing is left to take back, and that is no error.
    assertEmpty(await server.call('notes/unrenote', { noteId: root.id }, bob))
    assertError(await server.call('notes/unrenote', { noteId: NOBODY }, bob), 'notes/unrenote', 'NO_SUCH_NOTE')
  })

  test('renotes of one’s own note were never counted, and a great many go too', async () => {
    await using server = await open()
    const { alice } = server
    const root = await post(server, alice, { text: 'root' })
    await Promise.all(Array.from({ length: 120 }, () => post(server, alice, { renoteId: root.id })))
    assertEmpty(await server.call('notes/unrenote', { noteId: root.id }, alice))
    assert.equal((await show(server, root.id)).renoteCount, 0)
    assert.equal(bodyOf(await server.call('users/show', { userId: alice.id })).notesCount, 1)
  })
})
