import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { takeNoteId } from '../../src/db/queries/notes.ts'
import { sweepOut } from '../../src/db/queries/sweep.ts'
import { DAY, MINUTE } from '../../src/lib/time.ts'
import { type Answer, onEachDatabase, type Person, readAnswer, type TestServer } from '../server.ts'
import { assertError, bodyOf } from './expect.ts'

/** Calls with a key. */
async function send(server: TestServer, path: string, params: object, as: Person | null, key: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key }
  const body = JSON.stringify({ ...params, ...(as && { i: as.token }) })
  return readAnswer(await fetch(`${server.origin}/api/${path}`, { method: 'POST', headers, body }))
}

const post = (server: TestServer, as: Person, key: string, text = 'once') =>
  send(server, 'notes/create', { text }, as, key)

const countNotes = async (server: TestServer) => (await server.ctx.db.selectFrom('note').select('id').execute()).length
const countKeys = async (server: TestServer) =>
  (await server.ctx.db.selectFrom('repeatable').select('path').execute()).length

const age = (server: TestServer, by: number) =>
  server.ctx.transact((tx) =>
    tx
      .updateTable('repeatable')
      .set((row) => ({ madeAt: row('madeAt', '-', by) }))
      .execute(),
  )

const antenna = {
  ...{ name: 'made', src: 'all', keywords: [['tea']], excludeKeywords: [], users: [] },
  ...{ caseSensitive: false, withReplies: false, withFile: false },
}

/** What each endpoint that takes a key makes, and where its id is in the answer. */
const makers: [path: string, params: object, idIn: string[]][] = [
  ['notes/create', { text: 'made' }, ['createdNote', 'id']],
  ['clips/create', { name: 'made' }, ['id']],
  ['antennas/create', antenna, ['id']],
  ['channels/create', { name: 'made' }, ['id']],
  ['users/lists/create', { name: 'made' }, ['id']],
]

onEachDatabase('calls that may be repeated', (open) => {
  test('make one thing, whichever way they come, and are answered alike', async () => {
    await using server = await open()
    const { alice } = server
    for (const [path, params, idIn] of makers) {
      const first = bodyOf(await send(server, path, params, alice, 'a-key'))
      const again = bodyOf(await send(server, path, { ...params, name: 'another' }, alice, 'a-key'))
      assert.deepEqual(again, first, path)
      const other = bodyOf(await send(server, path, params, alice, 'another-key'))
      const idOf = (body: object) => idIn.reduce((value, name) => (value as Record<string, object>)[name]!, body)
      assert.notEqual(idOf(other), idOf(first), path)
    }
    assert.equal(await countNotes(server), 2)
    assert.equal(bodyOf(await server.call('clips/list', {}, alice)).length, 2)
    assert.equal(bodyOf(await server.call('users/lists/list', {}, alice)).length, 2)
  })

  test('twenty at once make one', async () => {
    await using server = await open()
    const { alice } = server
    // Notes wait for this one, so that nobody finds the key used before all have asked for it.
    const held = Promise.withResolvers<void>()
    const holding = server.ctx.transact(async (tx) => {
      await takeNoteId(tx, server.ctx.ids)
      await held.promise
    })
    const asked = Array.from({ length: 20 }, (_, n) => post(server, alice, 'key', `text ${n}`))
    for (let round = 0; round < 3; round++) await Promise.all(asked.map(() => server.call('meta')))
    held.resolve()
    await holding
    const answers = await Promise.all(asked)
    const ids = new Set(answers.map((answer) => bodyOf(answer).createdNote.id))
    assert.equal(ids.size, 1)
    assert.equal(await countNotes(server), 1)
    const { notesCount } = bodyOf(await server.call('users/show', { userId: alice.id }))
    assert.equal(notesCount, 1)
    assert.doesNotMatch(server.logged(), /"level":50/)
  })

  test('the last one a person may have is made once, and the limit refuses no repeat of it', async () => {
    await using server = await open()
    await changeSettings(server.ctx, { policies: { clipLimit: 1 } })
    const make = (key: string) => send(server, 'clips/create', { name: 'clip' }, server.alice, key)
    const answers = await Promise.all(['key', 'key', 'key', 'key'].map(make))
    assert.equal(new Set(answers.map((answer) => bodyOf(answer).id)).size, 1)
    bodyOf(await make('key'))
    assertError(await make('other'), 'clips/create', 'TOO_MANY_CLIPS')
  })

  test('of a role too', async () => {
    await using server = await open()
    const role = {
      ...{
        name: 'made',
        description: '',
        color: null,
        iconUrl: null,
        target: 'manual',
        condFormula: {},
        displayOrder: 0,
      },
      ...{ isPublic: false, isModerator: false, isAdministrator: false, isExplorable: false, asBadge: false },
      ...{ canEditMembersByModerator: false, policies: {} },
    }
    const make = () => send(server, 'admin/roles/create', role, server.admin, 'key')
    const { id } = bodyOf(await make())
    assert.equal(bodyOf(await make()).id, id)
  })

  test('a key is one person’s and one endpoint’s', async () => {
    await using server = await open()
    const { alice, bob } = server
    const ofAlice = bodyOf(await post(server, alice, 'key')).createdNote
    const ofBob = bodyOf(await post(server, bob, 'key')).createdNote
    assert.deepEqual([ofAlice.userId, ofBob.userId], [alice.id, bob.id])
    assert.equal(bodyOf(await send(server, 'clips/create', { name: 'clip' }, alice, 'key')).name, 'clip')
    assert.equal(bodyOf(await post(server, alice, 'KEY')).createdNote.id === ofAlice.id, false)
  })

  test('what fails takes no key', async () => {
    await using server = await open()
    const { alice, bob } = server
    const replyId = bodyOf(await server.call('notes/create', { text: 'root' }, bob)).createdNote.id
    await server.ctx.transact((tx) =>
      tx.insertInto('blocking').values({ id: server.ctx.ids.next(), blockerId: bob.id, blockeeId: alice.id }).execute(),
    )
    const reply = () => send(server, 'notes/create', { text: 'answer', replyId }, alice, 'key')
    assertError(await reply(), 'notes/create', 'YOU_HAVE_BEEN_BLOCKED')
    assert.equal((await send(server, 'notes/create', {}, alice, 'key')).body.error.code, 'INVALID_PARAM')
    await changeSettings(server.ctx, { policies: { clipLimit: 0 } })
    const clip = () => send(server, 'clips/create', { name: 'clip' }, alice, 'key')
    assertError(await clip(), 'clips/create', 'TOO_MANY_CLIPS')
    assert.equal(await countKeys(server), 0)
    await server.ctx.transact((tx) => tx.deleteFrom('blocking').execute())
    await changeSettings(server.ctx, { policies: { clipLimit: 1 } })
    bodyOf(await reply())
    bodyOf(await clip())
    assert.equal(await countKeys(server), 2)
  })

  test('a repeat is answered even when the call could not succeed any more', async () => {
    await using server = await open()
    const { alice, bob } = server
    const replyId = bodyOf(await server.call('notes/create', { text: 'root' }, bob)).createdNote.id
    const reply = () => send(server, 'notes/create', { text: 'answer', replyId }, alice, 'key')
    const { id } = bodyOf(await reply()).createdNote
    assert.equal((await server.call('notes/delete', { noteId: replyId }, bob)).status, 204)
    assert.equal(bodyOf(await reply()).createdNote.id, id)
  })

  test('of what is gone again says so, and makes nothing', async () => {
    await using server = await open()
    const { alice } = server
    const { id } = bodyOf(await post(server, alice, 'key')).createdNote
    assert.equal((await server.call('notes/delete', { noteId: id }, alice)).status, 204)
    const { status, body } = await post(server, alice, 'key')
    assert.deepEqual([status, body.error.code, body.error.kind], [409, 'IDEMPOTENCY_KEY_USED', 'client'])
    assert.equal(await countNotes(server), 0)
  })

  test('a key ends after a day, and is swept out', async () => {
    await using server = await open()
    const { alice } = server
    const first = bodyOf(await post(server, alice, 'key')).createdNote.id
    await age(server, DAY - MINUTE)
    assert.equal(bodyOf(await post(server, alice, 'key')).createdNote.id, first)
    await age(server, MINUTE)
    const answers = await Promise.all(['key', 'key', 'key'].map((key) => post(server, alice, key)))
    const later = new Set(answers.map((answer) => bodyOf(answer).createdNote.id))
    assert.equal(later.size, 1)
    assert.ok(!later.has(first))
    await server.ctx.transact((tx) => sweepOut(tx, Date.now()))
    assert.equal(await countKeys(server), 1)
    await server.ctx.transact((tx) => sweepOut(tx, Date.now() + DAY))
    assert.equal(await countKeys(server), 0)
  })

  test('a key is visible ASCII and no novel; it is kept as a digest', async () => {
    await using server = await open()
    const { alice } = server
    for (const key of ['', 'two words', 'caf\u00e9', 'x'.repeat(256)]) {
      const { status, body } = await post(server, alice, key)
      const expected = [400, 'INVALID_PARAM', 'Idempotency-Key']
      assert.deepEqual([status, body.error.code, body.error.info.param], expected, JSON.stringify(key))
    }
    assert.equal(await countNotes(server), 0)
    bodyOf(await post(server, alice, `${'x'.repeat(253)}!~`))
    const [row] = await server.ctx.db.selectFrom('repeatable').select('keyDigest').execute()
    assert.match(row!.keyDigest, /^[0-9a-f]{64}$/)
  })

  test('elsewhere, and for nobody, the key says nothing', async () => {
    await using server = await open()
    for (let time = 0; time < 2; time++) {
      bodyOf(await send(server, 'notes/local-timeline', {}, server.alice, 'two words'))
      assert.equal((await send(server, 'notes/create', { text: 'x' }, null, 'key')).status, 401)
      const params = { name: 'app', description: 'x', permission: [] }
      bodyOf(await send(server, 'app/create', params, server.alice, 'key'))
    }
    assert.equal((await server.ctx.db.selectFrom('app').select('id').where('name', '=', 'app').execute()).length, 2)
    assert.equal(await countKeys(server), 0)
  })
})
