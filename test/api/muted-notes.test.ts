import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertEmpty, bodyOf } from './expect.ts'
import { follow } from './relations.ts'

const timelines = ['notes/timeline', 'notes/hybrid-timeline', 'notes/local-timeline', 'notes/global-timeline']

/** Every way in which a note of bob has to do with carol, oldest first. */
const notes = [
  ['plain', 'bob', {}],
  ['carols', 'carol', {}],
  ['reply', 'bob', { replyId: 'carols' }],
  ['renote', 'bob', { renoteId: 'carols', text: undefined }],
  ['quote', 'bob', { renoteId: 'carols' }],
  ['replyOfAnother', 'admin', { replyId: 'carols' }],
  ['renoteOfReply', 'bob', { renoteId: 'replyOfAnother', text: undefined }],
  ['quoteOfAnother', 'admin', { renoteId: 'carols' }],
  ['renoteOfQuote', 'bob', { renoteId: 'quoteOfAnother', text: undefined }],
] as const

const everything = notes.map(([name]) => name).join(' ')
const ofBob = notes.flatMap(([name, by]) => (by === 'bob' ? [name] : [])).join(' ')

/** Lets alice follow everybody, and everybody post; what alice reads comes as names, oldest first. */
async function build(server: TestServer) {
  const { alice, bob, carol, admin } = server
  for (const followee of [bob, carol, admin]) await follow(server, alice, followee, { withReplies: true })
  const ids = new Map<string, string>()
  for (const [name, by, params] of notes) {
    const named = Object.entries({ text: name, ...params }).map(([key, value]) => [key, ids.get(`${value}`) ?? value])
    ids.set(name, bodyOf(await server.call('notes/create', Object.fromEntries(named), server[by])).createdNote.id)
  }
  const names = new Map([...ids].map(([name, id]) => [id, name]))
  const read = async (path: string, params: object = {}, by: Person = alice): Promise<string> => {
    // Not every list takes withReplies: what has no such parameter shows replies anyway.
    const withReplies = path !== 'notes/timeline' && path !== 'notes/global-timeline' && { withReplies: true }
    const given = bodyOf(await server.call(path, { limit: 100, ...withReplies, ...params }, by))
    return given
      .map(({ id }: { id: string }) => names.get(id))
      .reverse()
      .join(' ')
  }
  return { read, ofBob: () => read('users/notes', { userId: bob.id }) }
}

onEachDatabase('notes of people who are muted or block', (open) => {
  test('who is muted is out of all timelines, however they are mentioned, until the mute ends', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const { read, ofBob: notesOfBob } = await build(server)
    for (const path of timelines) assert.equal(await read(path), everything, path)
    assert.equal(await notesOfBob(), ofBob)
    const mute = async () => assertEmpty(await server.call('mute/create', { userId: carol.id, expiresAt: null }, alice))
    await mute()
    for (const path of timelines) {
      assert.equal(await read(path), 'plain', path)
      assert.equal(await read(path, { limit: 1 }), 'plain', `${path} fills its page`)
      assert.notEqual(await read(path, {}, bob), 'plain', `${path} of somebody else`)
    }
    assert.equal(await notesOfBob(), 'plain')
    assert.equal(await read('users/notes', { userId: carol.id }), 'carols', 'the page of who is muted')
    assertEmpty(await server.call('mute/delete', { userId: carol.id }, alice))
    for (const path of timelines) assert.equal(await read(path), everything, path)
    await mute()
    await server.ctx.transact(async (tx) => {
      await tx
        .updateTable('muting')
        .set({ expiresAt: Date.now() - 1 })
        .execute()
    })
    for (const path of timelines) assert.equal(await read(path), everything, `${path} after the mute`)
    assert.equal(await notesOfBob(), ofBob)
  })

  test('who blocks the viewer is out of all lists, and sees the viewer as before', async () => {
    await using server = await open()
    const { alice, carol } = server
    const { read, ofBob: notesOfBob } = await build(server)
    const { createdNote } = bodyOf(await server.call('notes/create', { text: 'of alice' }, alice))
    assert.equal(await read('users/notes', { userId: carol.id }), 'carols')
    bodyOf(await server.call('blocking/create', { userId: alice.id }, carol))
    assert.deepEqual(bodyOf(await server.call('users/notes', { userId: carol.id }, alice)), [])
    // The note of alice herself has no name.
    for (const path of timelines) assert.equal((await read(path)).trim(), 'plain', path)
    assert.equal(await notesOfBob(), 'plain')
    for (const path of ['notes/local-timeline', 'notes/global-timeline']) {
      const [latest] = bodyOf(await server.call(path, {}, carol))
      assert.equal(latest.id, createdNote.id, path)
    }
    const [theirs] = bodyOf(await server.call('users/notes', { userId: alice.id }, carol))
    assert.equal(theirs.id, createdNote.id)
    bodyOf(await server.call('blocking/delete', { userId: alice.id }, carol))
    assert.equal(await read('users/notes', { userId: carol.id }), 'carols')
    assert.equal((await read('notes/global-timeline')).trim(), everything)
  })

  test('muted renotes are out of the timelines, and nothing else is', async () => {
    await using server = await open()
    const { alice, bob } = server
    const { read, ofBob: notesOfBob } = await build(server)
    assertEmpty(await server.call('renote-mute/create', { userId: bob.id }, alice))
    const kept = 'plain carols reply quote replyOfAnother quoteOfAnother'
    for (const path of timelines) assert.equal(await read(path), kept, path)
    assert.equal(await notesOfBob(), ofBob, 'their own page shows them')
    assertEmpty(await server.call('renote-mute/delete', { userId: bob.id }, alice))
    for (const path of timelines) assert.equal(await read(path), everything, path)
  })
})
