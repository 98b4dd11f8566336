import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertHas, assertShape, bodyOf } from './expect.ts'
import { assertPages } from './paging.ts'

const UNKNOWN = 'aaaaaaaaaaaaaaaa'

const makeClip = async (server: TestServer, as: Person, params: object = {}): Promise<string> =>
  bodyOf(await server.call('clips/create', { name: 'clip', ...params }, as)).id

const post = async (server: TestServer, as: Person, params: object): Promise<string> =>
  bodyOf(await server.call('notes/create', params, as)).createdNote.id

const add = async (server: TestServer, as: Person, clipId: string, noteId: string) =>
  assertEmpty(await server.call('clips/add-note', { clipId, noteId }, as))

const idsOf = async (server: TestServer, path: string, params: object, as: Person | null) =>
  bodyOf(await server.call(path, params, as)).map(({ id }: { id: string }) => id)

onEachDatabase('clips', (open) => {
  test('a clip is made, changed, shown and deleted', async () => {
    await using server = await open()
    const { alice, bob } = server
    const before = { name: 'one', description: null, isPublic: false, lastClippedAt: null, favoritedCount: 0 }
    const made = bodyOf(await server.call('clips/create', { name: 'one', description: '' }, alice))
    assertShape(made, 'Clip')
    assertHas(made, { ...before, userId: alice.id, isFavorited: false, notesCount: 0 })
    assertShape(made.user, 'UserLite')
    const clipId = made.id
    const changes: [params: object, gives: object][] = [
      [{}, before],
      [{ name: 'two' }, { ...before, name: 'two' }],
      [{ description: 'about' }, { ...before, name: 'two', description: 'about' }],
      [{ isPublic: true }, { ...before, name: 'two', description: 'about', isPublic: true }],
      [{ description: null }, { ...before, name: 'two', isPublic: true }],
    ]
    for (const [params, gives] of changes) {
      const changed = bodyOf(await server.call('clips/update', { clipId, ...params }, alice))
      assertHas(changed, { ...gives, id: clipId })
      assert.deepEqual(bodyOf(await server.call('clips/show', { clipId }, alice)), changed)
    }
    assertHas(bodyOf(await server.call('clips/show', { clipId }, bob)), { isFavorited: false, notesCount: 'absent' })
    assertHas(bodyOf(await server.call('clips/show', { clipId })), { isFavorited: 'absent', notesCount: 'absent' })
    assertEmpty(await server.call('clips/delete', { clipId }, alice))
    assertError(await server.call('clips/show', { clipId }, alice), 'clips/show', 'NO_SUCH_CLIP')
  })

  test('notes go in and out, counted at the clip and at the note', async () => {
    await using server = await open()
    const { alice, bob } = server
    const [clipId, other] = [await makeClip(server, alice), await makeClip(server, bob)]
    const [first, second] = [await post(server, bob, { text: '1' }), await post(server, bob, { text: '2' })]
    const clippedCount = async () => bodyOf(await server.call('notes/show', { noteId: first })).clippedCount
    const clip = async () => bodyOf(await server.call('clips/show', { clipId }, alice))
    const began = Date.now()
    await add(server, alice, clipId, first)
    await add(server, alice, clipId, second)
    await add(server, bob, other, first)
    assert.equal(await clippedCount(), 2)
    assertHas(await clip(), { notesCount: 2 })
    assert.ok(Date.parse((await clip()).lastClippedAt) >= began)
    assert.deepEqual(await idsOf(server, 'clips/notes', { clipId }, alice), [second, first])
    for (const _ of ['in it', 'not in it any more']) {
      assertEmpty(await server.call('clips/remove-note', { clipId, noteId: first }, alice))
      assert.equal(await clippedCount(), 1)
      assertHas(await clip(), { notesCount: 1 })
    }
    assertEmpty(await server.call('clips/delete', { clipId: other }, bob))
    assert.equal(await clippedCount(), 0)
    assertEmpty(await server.call('notes/delete', { noteId: second }, bob))
    assertHas(await clip(), { notesCount: 0 })
    assert.deepEqual(await idsOf(server, 'clips/notes', { clipId }, alice), [])
  })

  test('what cannot be done with a clip', async () => {
    await using server = await open()
    const { alice, bob } = server
    const [clipId, opened] = [await makeClip(server, alice), await makeClip(server, alice, { isPublic: true })]
    const [noteId, another] = [await post(server, bob, { text: '1' }), await post(server, bob, { text: '2' })]
    await add(server, alice, clipId, noteId)
    assertEmpty(await server.call('clips/favorite', { clipId: opened }, bob))
    await changeSettings(server.ctx, { policies: { clipLimit: 2, noteEachClipsLimit: 1 } })
    const refused: [path: string, params: object, as: Person | null, code: string][] = [
      ['clips/create', { name: 'third' }, alice, 'TOO_MANY_CLIPS'],
      ['clips/add-note', { clipId, noteId }, alice, 'ALREADY_CLIPPED'],
      ['clips/add-note', { clipId, noteId: another }, alice, 'TOO_MANY_CLIP_NOTES'],
      ['clips/add-note', { clipId, noteId: UNKNOWN }, alice, 'NO_SUCH_NOTE'],
      ['clips/add-note', { clipId: UNKNOWN, noteId }, alice, 'NO_SUCH_CLIP'],
      ['clips/add-note', { clipId: opened, noteId }, bob, 'NO_SUCH_CLIP'],
      ['clips/remove-note', { clipId, noteId: UNKNOWN }, alice, 'NO_SUCH_NOTE'],
      ['clips/remove-note', { clipId, noteId }, bob, 'NO_SUCH_CLIP'],
      ['clips/update', { clipId: opened, name: 'mine' }, bob, 'NO_SUCH_CLIP'],
      ['clips/delete', { clipId: opened }, bob, 'NO_SUCH_CLIP'],
      ['clips/show', { clipId }, bob, 'NO_SUCH_CLIP'],
      ['clips/show', { clipId }, null, 'NO_SUCH_CLIP'],
      ['clips/show', { clipId: UNKNOWN }, alice, 'NO_SUCH_CLIP'],
      ['clips/notes', { clipId }, bob, 'NO_SUCH_CLIP'],
      ['clips/notes', { clipId }, null, 'NO_SUCH_CLIP'],
      ['clips/favorite', { clipId }, bob, 'NO_SUCH_CLIP'],
      ['clips/favorite', { clipId: opened }, bob, 'ALREADY_FAVORITED'],
      ['clips/unfavorite', { clipId }, bob, 'NO_SUCH_CLIP'],
      ['clips/unfavorite', { clipId: opened }, alice, 'NOT_FAVORITED'],
      ['notes/clips', { noteId: UNKNOWN }, alice, 'NO_SUCH_NOTE'],
    ]
    for (const [path, params, as, code] of refused) assertError(await server.call(path, params, as), path, code)
    assertHas(bodyOf(await server.call('clips/show', { clipId }, alice)), { name: 'clip', notesCount: 1 })
    assertHas(bodyOf(await server.call('notes/show', { noteId: another })), { clippedCount: 0 })
    assertHas(bodyOf(await server.call('clips/show', { clipId: opened })), { favoritedCount: 1, name: 'clip' })
  })

  test('a note put into a clip many times at once is counted once', async () => {
    await using server = await open()
    const { alice } = server
    const clipId = await makeClip(server, alice)
    const noteId = await post(server, alice, { text: 'x' })
    const times = async (path: string, params: object) => {
      const answers = await Promise.all(Array.from({ length: 4 }, () => server.call(path, params, alice)))
      return answers.map(({ status }) => status).sort()
    }
    assert.deepEqual(await times('clips/add-note', { clipId, noteId }), [204, 400, 400, 400])
    assertHas(bodyOf(await server.call('notes/show', { noteId })), { clippedCount: 1 })
    assert.deepEqual(await times('clips/remove-note', { clipId, noteId }), [204, 204, 204, 204])
    assertHas(bodyOf(await server.call('notes/show', { noteId })), { clippedCount: 0 })
    assert.deepEqual(await times('clips/favorite', { clipId }), [204, 400, 400, 400])
    assertHas(bodyOf(await server.call('clips/show', { clipId }, alice)), { favoritedCount: 1, notesCount: 0 })
    await changeSettings(server.ctx, { policies: { clipLimit: 2 } })
    assert.deepEqual(await times('clips/create', { name: 'x' }), [200, 400, 400, 400])
  })

  test('lists of clips: one’s own, a person’s public ones, those with a note, favourites', async () => {
    await using server = await open()
    const { alice, bob } = server
    const noteId = await post(server, bob, { text: 'x' })
    const own: string[] = []
    for (let number = 0; number < 8; number++) {
      own.push(await makeClip(server, alice, { isPublic: number % 2 === 0 }))
      await add(server, alice, own[number]!, noteId)
    }
    const opened = own.filter((_, number) => number % 2 === 0)
    await assertPages(server, 'clips/list', {}, alice, own)
    for (const as of [alice, bob, null]) await assertPages(server, 'users/clips', { userId: alice.id }, as, opened)
    assert.deepEqual(await idsOf(server, 'users/clips', { userId: UNKNOWN }, null), [])
    for (const as of [alice, bob, null]) {
      assert.deepEqual(await idsOf(server, 'notes/clips', { noteId }, as), opened.toReversed())
    }
    const favorites = () => idsOf(server, 'clips/my-favorites', {}, bob)
    assert.deepEqual(await favorites(), [])
    const [first, second] = [opened[2]!, opened[0]!]
    for (const clipId of [first, second]) assertEmpty(await server.call('clips/favorite', { clipId }, bob))
    assert.deepEqual(await favorites(), [second, first])
    assertHas(bodyOf(await server.call('clips/show', { clipId: first }, bob)), { isFavorited: true, favoritedCount: 1 })
    bodyOf(await server.call('clips/update', { clipId: first, isPublic: false }, alice))
    assert.deepEqual(await favorites(), [second])
    for (const clipId of [first, second]) assertEmpty(await server.call('clips/unfavorite', { clipId }, bob))
    assert.deepEqual(await favorites(), [])
    assertHas(bodyOf(await server.call('clips/show', { clipId: first }, alice)), { favoritedCount: 0 })
  })

  test('the notes of a clip are those the reader may see, in pages that are full', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const clipId = await makeClip(server, alice, { isPublic: true })
    const seen: string[] = []
    for (let number = 0; number < 6; number++) {
      seen.push(await post(server, bob, { text: `open ${number}` }))
      const hidden = await post(server, bob, { text: 'for followers', visibility: 'followers' })
      for (const noteId of [hidden, seen[number]!]) await add(server, alice, clipId, noteId)
    }
    bodyOf(await server.call('following/create', { userId: bob.id }, carol))
    for (const as of [alice, null]) await assertPages(server, 'clips/notes', { clipId }, as, seen)
    assert.equal((await idsOf(server, 'clips/notes', { clipId, limit: 100 }, carol)).length, 12)
    await server.ctx.transact((tx) =>
      tx.insertInto('muting').values({ id: UNKNOWN, muterId: alice.id, muteeId: bob.id, expiresAt: null }).execute(),
    )
    assert.deepEqual(await idsOf(server, 'clips/notes', { clipId }, alice), [])
  })

  test('the notes of a clip are found by words in the text or the content warning', async () => {
    await using server = await open()
    const { alice } = server
    const clipId = await makeClip(server, alice)
    const texts = [
      { text: 'A Cat sleeps' },
      { text: '猫が寝ている' },
      { text: 'nothing', cw: 'cat pictures' },
      { text: 'dog' },
      { text: 'ÉCLAIR of the cat' },
    ]
    const notes: string[] = []
    for (const text of texts) {
      notes.push(await post(server, alice, text))
      await add(server, alice, clipId, notes.at(-1)!)
    }
    const found = async (params: object) =>
      (await idsOf(server, 'clips/notes', { clipId, ...params }, alice)).map((id: string) => notes.indexOf(id))
    const searches: [params: object, expected: number[]][] = [
      [{ search: 'cat' }, [4, 2, 0]],
      [{ search: 'sleeps CAT' }, [0]],
      [{ search: 'éclair' }, [4]],
      [{ search: '猫' }, [1]],
      [{ search: 'nothing pictures' }, [2]],
      [{ search: 'bird' }, []],
      [{ search: ' ' }, [4, 3, 2, 1, 0]],
      [{ search: null }, [4, 3, 2, 1, 0]],
      [{ search: 'cat', limit: 2 }, [4, 2]],
      [{ search: 'cat', untilId: notes[4] }, [2, 0]],
      [{ search: 'cat', sinceId: notes[0] }, [2, 4]],
      [{ search: 'cat', sinceId: notes[0], limit: 1 }, [2]],
    ]
    for (const [params, expected] of searches) assert.deepEqual(await found(params), expected, JSON.stringify(params))
  })

  test('a search goes through a clip of more notes than are read at once', async () => {
    await using server = await open()
    const { alice } = server
    const clipId = await makeClip(server, alice)
    const notes: string[] = []
    for (let number = 0; number < 110; number++) {
      notes.push(await post(server, alice, { text: number === 3 || number === 105 ? 'needle' : 'hay' }))
    }
    await server.ctx.transact((tx) =>
      tx
        .insertInto('clipNote')
        .values(notes.map((noteId) => ({ clipId, noteId })))
        .execute(),
    )
    const params = { clipId, search: 'needle' }
    assert.deepEqual(await idsOf(server, 'clips/notes', params, alice), [notes[105], notes[3]])
    assert.deepEqual(await idsOf(server, 'clips/notes', { ...params, sinceId: '0' }, alice), [notes[3], notes[105]])
  })
})
