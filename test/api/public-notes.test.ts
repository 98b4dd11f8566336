import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase, type Person } from '../server.ts'
import { assertShape, bodyOf } from './expect.ts'
import { assertPages } from './paging.ts'

onEachDatabase('notes', (open) => {
  test('are those for everyone everywhere, by what they have', async () => {
    await using server = await open()
    const { alice, bob } = server
    const post = async (params: object, as: Person = alice): Promise<string> =>
      bodyOf(await server.call('notes/create', params, as)).createdNote.id
    const plain = await post({ text: 'plain' })
    const reply = await post({ text: 'reply', replyId: plain }, bob)
    const renote = await post({ renoteId: plain }, bob)
    const poll = await post({ text: 'poll', poll: { choices: ['a', 'b'] } })
    const files = await post({ text: 'files' })
    await post({ text: 'local', localOnly: true })
    for (const visibility of ['home', 'followers', 'specified']) await post({ text: 'x', visibility })
    await server.ctx.transact((tx) => tx.updateTable('note').set({ hasFiles: true }).where('id', '=', files).execute())
    const all = [files, poll, renote, reply, plain]
    const found = async (params: object) =>
      bodyOf(await server.call('notes', params, alice)).map(({ id }: { id: string }) => id)
    assert.deepEqual(await found({}), all)
    assert.deepEqual(await found({ local: true }), all)
    for (const [name, id] of Object.entries({ reply, renote, poll, withFiles: files })) {
      assert.deepEqual(await found({ [name]: true }), [id], name)
      const without = all.filter((one) => one !== id)
      assert.deepEqual(await found({ [name]: false }), without, `without ${name}`)
    }
    assert.deepEqual(await found({ poll: true, withFiles: true }), [])
    await assertPages(server, 'notes', {}, null, all.toReversed())
    for (const note of bodyOf(await server.call('notes'))) assertShape(note, 'Note')
  })
})
