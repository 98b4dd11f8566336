import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertError, assertShape, bodyOf } from './expect.ts'

const post = async (server: TestServer, params: object, as: Person): Promise<string> =>
  bodyOf(await server.call('notes/create', params, as)).createdNote.id

/** What a page about alice shows pinned: ids, and the texts. */
async function shown(server: TestServer, as: Person | null): Promise<[ids: string[], texts: (string | null)[]]> {
  const person = bodyOf(await server.call('users/show', { userId: server.alice.id }, as))
  return [person.pinnedNoteIds, person.pinnedNotes.map(({ text }: { text: string | null }) => text)]
}

onEachDatabase('pinned notes', (open) => {
  test('stand on the page, the latest pin first, and come off again', async () => {
    await using server = await open()
    const { alice, bob } = server
    const [one, two, three] = [
      await post(server, { text: 'one' }, alice),
      await post(server, { text: 'two' }, alice),
      await post(server, { text: 'three' }, alice),
    ]
    for (const noteId of [two, one, three]) {
      const me = bodyOf(await server.call('i/pin', { noteId }, alice))
      assertShape(me, 'UserLite', 'detailed', 'me')
      assert.equal(me.pinnedNoteIds[0], noteId)
    }
    for (const viewer of [null, bob, alice]) {
      assert.deepEqual(await shown(server, viewer), [
        [three, one, two],
        ['three', 'one', 'two'],
      ])
    }
    assert.deepEqual(bodyOf(await server.call('i', {}, alice)).pinnedNoteIds, [three, one, two])
    assert.deepEqual(bodyOf(await server.call('i/unpin', { noteId: one }, alice)).pinnedNoteIds, [three, two])
    bodyOf(await server.call('i/unpin', { noteId: one }, alice))
    assert.equal((await server.call('notes/delete', { noteId: three }, alice)).status, 204)
    assert.deepEqual(await shown(server, null), [[two], ['two']])
  })

  test('are hidden from those who may not see them', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    bodyOf(await server.call('following/create', { userId: alice.id }, bob))
    const noteId = await post(server, { text: 'for followers', visibility: 'followers' }, alice)
    bodyOf(await server.call('i/pin', { noteId }, alice))
    assert.deepEqual(await shown(server, bob), [[noteId], ['for followers']])
    for (const viewer of [carol, null]) assert.deepEqual(await shown(server, viewer), [[noteId], [null]])
  })

  test('what cannot be pinned or taken off', async () => {
    await using server = await open()
    const { alice, bob } = server
    const others = await post(server, { text: 'of bob' }, bob)
    for (const path of ['i/pin', 'i/unpin']) {
      for (const noteId of [others, 'aaaaaaaaaaaaaaaa']) {
        assertError(await server.call(path, { noteId }, alice), path, 'NO_SUCH_NOTE')
      }
    }
    const own = await post(server, { text: 'own' }, alice)
    bodyOf(await server.call('i/pin', { noteId: own }, alice))
    assertError(await server.call('i/pin', { noteId: own }, alice), 'i/pin', 'ALREADY_PINNED')
    await changeSettings(server.ctx, { policies: { pinLimit: 1 } })
    const more = await post(server, { text: 'more' }, alice)
    assertError(await server.call('i/pin', { noteId: more }, alice), 'i/pin', 'PIN_LIMIT_EXCEEDED')
  })

  test('however many are pinned at once, no more than the limit stay', async () => {
    await using server = await open()
    const { alice } = server
    const ids = await Promise.all(Array.from({ length: 12 }, (_, n) => post(server, { text: String(n) }, alice)))
    const answers = await Promise.all(ids.map((noteId) => server.call('i/pin', { noteId }, alice)))
    assert.equal(answers.filter(({ status }) => status === 200).length, 5)
    assert.equal((await shown(server, null))[0].length, 5)
  })
})
