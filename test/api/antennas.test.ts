import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BusEvent } from '../../src/bus/bus.ts'
import { changeSettings } from '../../src/core/settings.ts'
import { makeRoomInAntenna } from '../../src/db/queries/antenna-notes.ts'
import { DAY } from '../../src/lib/time.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertHas, assertInvalid, assertShape, bodyOf } from './expect.ts'
import { assertPages } from './paging.ts'

const UNKNOWN = 'aaaaaaaaaaaaaaaa'

const wish = {
  ...{ name: 'antenna', src: 'all', users: [], keywords: [['bean']], excludeKeywords: [] },
  ...{ caseSensitive: false, withReplies: true, withFile: false },
}

const makeAntenna = async (server: TestServer, as: Person, params: object = {}): Promise<string> =>
  bodyOf(await server.call('antennas/create', { ...wish, ...params }, as)).id

const post = async (server: TestServer, as: Person, params: object = {}): Promise<string> =>
  bodyOf(await server.call('notes/create', { text: 'beans', ...params }, as)).createdNote.id

const caught = async (server: TestServer, antennaId: string, as: Person) =>
  bodyOf(await server.call('antennas/notes', { antennaId, limit: 100 }, as)).map(({ id }: { id: string }) => id)

/** Makes an antenna look as if nobody had read it for long, as another process would. */
async function leaveUnread(server: TestServer, antennaId: string, userId: string, lastUsedAt: number): Promise<void> {
  await server.ctx.transact(async (tx, afterCommit) => {
    await tx.updateTable('antenna').set({ lastUsedAt }).where('id', '=', antennaId).execute()
    afterCommit(() => server.ctx.bus.publish({ type: 'antenna', id: antennaId, userId }))
  })
}

onEachDatabase('antennas', (open) => {
  test('an antenna is made, changed, shown, listed and deleted', async () => {
    await using server = await open()
    const { alice, bob } = server
    const made = bodyOf(await server.call('antennas/create', wish, alice))
    assertShape(made, 'Antenna')
    const before = {
      ...wish,
      ...{ userListId: null, localOnly: false, excludeBots: false, excludeNotesInSensitiveChannel: false },
      ...{ isActive: true, hasUnreadNote: false, notify: false },
    }
    assertHas(made, before)
    const antennaId = made.id
    const userListId = bodyOf(await server.call('users/lists/create', { name: 'x' }, alice)).id
    const changes: [params: object, gives: object][] = [
      [{}, {}],
      [{ name: 'other', keywords: [['a', 'b'], ['c']], caseSensitive: true }, {}],
      [{ src: 'users', users: ['@bob', 'carol@x.example'], withFile: true, withReplies: false }, {}],
      [{ keywords: [], excludeKeywords: [['x']] }, {}],
      [{ localOnly: true, excludeBots: true, excludeNotesInSensitiveChannel: true }, {}],
      [{ src: 'list', userListId }, {}],
      [{ name: 'still the list' }, { userListId }],
      [{ src: 'home' }, { userListId: null }],
      [{ src: 'all', userListId }, { userListId: null }],
      [{ src: 'users_blacklist', userListId: null, users: [] }, {}],
    ]
    let expected: object = { ...before, id: antennaId }
    for (const [params, gives] of changes) {
      expected = { ...expected, ...params, ...gives }
      const changed = bodyOf(await server.call('antennas/update', { antennaId, ...params }, alice))
      assertHas(changed, { ...expected })
      assert.deepEqual(bodyOf(await server.call('antennas/show', { antennaId }, alice)), changed)
    }
    const second = await makeAntenna(server, alice)
    const list = bodyOf(await server.call('antennas/list', {}, alice))
    assert.deepEqual(
      list.map(({ id }: { id: string }) => id),
      [antennaId, second],
    )
    assertHas(list[0], { ...expected })
    assert.deepEqual(bodyOf(await server.call('antennas/list', {}, bob)), [])
    assertEmpty(await server.call('antennas/delete', { antennaId }, alice))
    assertError(await server.call('antennas/show', { antennaId }, alice), 'antennas/show', 'NO_SUCH_ANTENNA')
  })

  test('what cannot be done with an antenna', async () => {
    await using server = await open()
    const { alice, bob } = server
    const antennaId = await makeAntenna(server, alice)
    const foreign = bodyOf(await server.call('users/lists/create', { name: 'x' }, bob)).id
    bodyOf(await server.call('users/lists/update', { listId: foreign, isPublic: true }, bob))
    await changeSettings(server.ctx, { policies: { antennaLimit: 1 } })
    const refused: [path: string, params: object, as: Person, code: string][] = [
      ['antennas/create', wish, alice, 'TOO_MANY_ANTENNAS'],
      ['antennas/create', { ...wish, keywords: [], excludeKeywords: [['']] }, bob, 'EMPTY_KEYWORD'],
      ['antennas/create', { ...wish, src: 'list', userListId: UNKNOWN }, bob, 'NO_SUCH_USER_LIST'],
      ['antennas/update', { antennaId, src: 'list', userListId: foreign }, alice, 'NO_SUCH_USER_LIST'],
      ['antennas/update', { antennaId, keywords: [['']] }, alice, 'EMPTY_KEYWORD'],
      ['antennas/update', { antennaId: UNKNOWN }, alice, 'NO_SUCH_ANTENNA'],
      ['antennas/update', { antennaId, name: 'mine' }, bob, 'NO_SUCH_ANTENNA'],
      ['antennas/show', { antennaId }, bob, 'NO_SUCH_ANTENNA'],
      ['antennas/notes', { antennaId }, bob, 'NO_SUCH_ANTENNA'],
      ['antennas/notes', { antennaId: UNKNOWN }, alice, 'NO_SUCH_ANTENNA'],
      ['antennas/delete', { antennaId }, bob, 'NO_SUCH_ANTENNA'],
    ]
    for (const [path, params, as, code] of refused) assertError(await server.call(path, params, as), path, code)
    assertHas(bodyOf(await server.call('antennas/show', { antennaId }, alice)), { name: 'antenna', src: 'all' })
    const tooMany = { ...wish, keywords: Array.from({ length: 101 }, () => ['x']) }
    assertInvalid(await server.call('antennas/create', tooMany, bob), '#/properties/keywords/maxItems')
  })

  test('notes are caught from when the antenna is made, as it then is', async () => {
    await using server = await open()
    const { alice, bob } = server
    await post(server, bob)
    const antennaId = await makeAntenna(server, alice)
    const first = await post(server, bob)
    await post(server, bob, { text: 'nothing' })
    const own = await post(server, alice)
    assert.deepEqual(await caught(server, antennaId, alice), [own, first])
    bodyOf(await server.call('antennas/update', { antennaId, keywords: [['pea']] }, alice))
    await post(server, bob)
    const pea = await post(server, bob, { text: 'peas' })
    assert.deepEqual(await caught(server, antennaId, alice), [pea, own, first])
    assertEmpty(await server.call('notes/delete', { noteId: own }, alice))
    assert.deepEqual(await caught(server, antennaId, alice), [pea, first])
    bodyOf(await server.call('antennas/update', { antennaId, src: 'users', users: ['bob'] }, alice))
    await post(server, alice, { text: 'peas' })
    bodyOf(await server.call('antennas/update', { antennaId, users: ['alice'] }, alice))
    await post(server, bob, { text: 'peas' })
    assert.deepEqual(await caught(server, antennaId, alice), [pea, first], 'by the people it is on now')
    assertEmpty(await server.call('antennas/delete', { antennaId }, alice))
    await post(server, alice, { text: 'peas' })
  })

  test('who is caught by an antenna on people, and by one on a list', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const listId = bodyOf(await server.call('users/lists/create', { name: 'x' }, alice)).id
    assertEmpty(await server.call('users/lists/push', { listId, userId: bob.id }, alice))
    const { host } = new URL(server.origin)
    const sources = [
      { src: 'users', users: ['@BOB'] },
      { src: 'users', users: [`bob@${host}`] },
      { src: 'users_blacklist', users: ['carol', 'alice'] },
      { src: 'list', userListId: listId },
    ]
    const antennas: string[] = []
    for (const source of sources) antennas.push(await makeAntenna(server, alice, source))
    const lost = await makeAntenna(server, alice, { src: 'list' })
    const notes = [await post(server, bob), await post(server, carol), await post(server, bob)]
    for (const [number, antennaId] of antennas.entries()) {
      assert.deepEqual(await caught(server, antennaId, alice), [notes[2], notes[0]], JSON.stringify(sources[number]))
    }
    assert.deepEqual(await caught(server, lost, alice), [], 'a list that is not said has nobody on it')
    assertEmpty(await server.call('users/lists/push', { listId, userId: carol.id }, alice))
    const later = await post(server, carol)
    assert.deepEqual(await caught(server, antennas[3]!, alice), [later, notes[2], notes[0]])
    assertEmpty(await server.call('users/lists/delete', { listId }, alice))
    const gone = await server.call('antennas/show', { antennaId: antennas[3] }, alice)
    assertError(gone, 'antennas/show', 'NO_SUCH_ANTENNA')
    await post(server, carol)
  })

  test('an antenna catches what its owner may have, and leaves out sensitive channels when asked to', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const antennaId = await makeAntenna(server, alice)
    const careful = await makeAntenna(server, alice, { excludeNotesInSensitiveChannel: true })
    const channel = async (isSensitive: boolean) =>
      bodyOf(await server.call('channels/create', { name: 'x', isSensitive }, bob)).id
    const [plain, sensitive] = [await channel(false), await channel(true)]
    await post(server, bob, { visibility: 'followers' })
    await post(server, bob, { visibility: 'specified', visibleUserIds: [carol.id] })
    bodyOf(await server.call('following/create', { userId: bob.id }, alice))
    const notes = [
      await post(server, bob, { visibility: 'followers' }),
      await post(server, bob, { visibility: 'specified', visibleUserIds: [alice.id] }),
      await post(server, alice, { visibility: 'followers' }),
      await post(server, bob, { channelId: plain }),
    ]
    const ofSensitive = await post(server, bob, { channelId: sensitive })
    assert.deepEqual(await caught(server, antennaId, alice), [ofSensitive, ...notes.toReversed()])
    assert.deepEqual(await caught(server, careful, alice), notes.toReversed())
    bodyOf(await server.call('following/delete', { userId: bob.id }, alice))
    assert.deepEqual(await caught(server, careful, alice), [notes[3], notes[2], notes[1]], 'sight is asked at reading')
    const row = { id: UNKNOWN, muterId: alice.id, muteeId: bob.id, expiresAt: null }
    await server.ctx.transact((tx) => tx.insertInto('muting').values(row).execute())
    assert.deepEqual(await caught(server, careful, alice), [notes[2]])
  })

  test('the streams are told, once the note is there', async () => {
    await using server = await open()
    const { alice, bob } = server
    const antennaId = await makeAntenna(server, alice)
    await makeAntenna(server, alice, { keywords: [['pea']] })
    const events: BusEvent[] = []
    server.ctx.bus.subscribe((event) => void (event.type === 'antennaNote' && events.push(event)))
    const noteId = await post(server, bob)
    assert.deepEqual(events, [{ type: 'antennaNote', antennaId, userId: alice.id, noteId }])
  })

  test('the notes come in pages, and the latest two hundred stay', async () => {
    await using server = await open()
    const { alice, bob } = server
    const antennaId = await makeAntenna(server, alice)
    const made: string[] = []
    for (let number = 0; number < 5; number++) made.push(await post(server, bob))
    await assertPages(server, 'antennas/notes', { antennaId }, alice, made)
    const { ids } = server.ctx
    const old = Array.from({ length: 198 }, () => ids.next()).map((id) => `0${id.slice(1)}`)
    await server.ctx.transact(async (tx) => {
      const note = await tx.selectFrom('note').selectAll().where('id', '=', made[0]!).executeTakeFirstOrThrow()
      const json = { tags: '[]', mentions: '[]', visibleUserIds: '[]', fileIds: '[]' }
      await tx
        .insertInto('note')
        .values(old.map((id) => ({ ...note, ...json, id })))
        .execute()
      await tx
        .insertInto('antennaNote')
        .values(old.map((noteId) => ({ antennaId, noteId })))
        .execute()
    })
    const read = async (params: object) =>
      bodyOf(await server.call('antennas/notes', { antennaId, limit: 100, ...params }, alice))
    const first = await read({})
    const second = await read({ untilId: first.at(-1).id })
    const third = await read({ untilId: second.at(-1).id })
    assert.deepEqual([first.length, second.length, third.length], [100, 100, 0])
    assert.equal(second.at(-1).id, old[3])
    await server.ctx.transact((tx) => makeRoomInAntenna(tx, antennaId))
    const rows = await server.ctx.db.selectFrom('antennaNote').select('noteId').orderBy('noteId').execute()
    assert.deepEqual([rows.length, rows[0]?.noteId], [200, old[3]])
  })

  test('an antenna nobody reads for a week stops collecting until somebody does', async () => {
    await using server = await open()
    const { alice, bob } = server
    const antennaId = await makeAntenna(server, alice)
    const isActive = async () => bodyOf(await server.call('antennas/show', { antennaId }, alice)).isActive
    await leaveUnread(server, antennaId, alice.id, Date.now() - 6.9 * DAY)
    const first = await post(server, bob)
    assert.equal(await isActive(), true)
    await leaveUnread(server, antennaId, alice.id, Date.now() - 7.1 * DAY)
    await post(server, bob)
    assert.equal(await isActive(), false)
    assert.deepEqual(await caught(server, antennaId, alice), [first])
    assert.equal(await isActive(), true)
    const second = await post(server, bob)
    assert.deepEqual(await caught(server, antennaId, alice), [second, first])
    await leaveUnread(server, antennaId, alice.id, 0)
    await post(server, bob)
    bodyOf(await server.call('antennas/update', { antennaId }, alice))
    assert.equal(await isActive(), true, 'changing it is using it')
  })

  test('antennas that were there before the server started catch notes', async () => {
    await using server = await open()
    const { alice, bob } = server
    const antennaId = await makeAntenna(server, alice)
    const before = await post(server, bob)
    const row = { keywords: '[["pea"]]' }
    await server.ctx.transact((tx) => tx.updateTable('antenna').set(row).where('id', '=', antennaId).execute())
    // As when events of another process were lost.
    server.ctx.bus.publish({ type: 'gap' })
    const noteId = await post(server, bob, { text: 'peas' })
    assert.deepEqual(await caught(server, antennaId, alice), [noteId, before])
    // Gone without an event, as with its owner: it must not fail the note.
    await server.ctx.transact((tx) => tx.deleteFrom('antenna').where('id', '=', antennaId).execute())
    await post(server, bob, { text: 'peas' })
  })
})
