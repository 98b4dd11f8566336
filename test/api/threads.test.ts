import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertError, assertInvalid, assertShape, bodyOf } from './expect.ts'

const post = async (server: TestServer, params: object, as: Person): Promise<string> =>
  bodyOf(await server.call('notes/create', params, as)).createdNote.id

const idsOf = async (server: TestServer, path: string, params: object, as: Person | null = null): Promise<string[]> =>
  bodyOf(await server.call(path, params, as)).map(({ id }: { id: string }) => id)

const NOBODY = 'aaaaaaaaaaaaaaaa'

onEachDatabase('what hangs on a note', (open) => {
  test('answers, quotes and renotes are told apart, the latest first', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const noteId = await post(server, { text: 'root' }, alice)
    const reply = await post(server, { text: 'answer', replyId: noteId }, bob)
    const renote = await post(server, { renoteId: noteId }, bob)
    const quote = await post(server, { renoteId: noteId, text: 'look' }, carol)
    const both = await post(server, { renoteId: noteId, replyId: noteId, text: 'both' }, carol)
    await post(server, { text: 'further down', replyId: reply }, alice)
    const expected = {
      'notes/replies': [both, reply],
      'notes/renotes': [both, quote, renote],
      'notes/children': [both, quote, reply],
    }
    for (const [path, ids] of Object.entries(expected)) {
      const notes = bodyOf(await server.call(path, { noteId }, alice))
      for (const note of notes) assertShape(note, 'Note')
      assert.deepEqual(await idsOf(server, path, { noteId }, alice), ids, path)
      assert.deepEqual(await idsOf(server, path, { noteId }), ids, `${path} for nobody`)
    }
  })

  test('comes in pages', async () => {
    await using server = await open()
    const { alice, bob } = server
    const noteId = await post(server, { text: 'root' }, alice)
    const up: string[] = []
    for (let number = 0; number < 12; number++) {
      const more = number % 2 === 0 ? { replyId: noteId, renoteId: noteId } : { replyId: noteId }
      up.push(await post(server, { text: String(number), ...more }, bob))
    }
    const down = up.toReversed()
    const quotes = up.filter((_, index) => index % 2 === 0)
    for (const path of ['notes/replies', 'notes/children']) {
      const page = (params: object) => idsOf(server, path, { noteId, ...params })
      assert.deepEqual(await page({}), down.slice(0, 10), path)
      assert.deepEqual(await page({ limit: 100 }), down, path)
      assert.deepEqual(await page({ untilId: up[5], limit: 3 }), up.slice(2, 5).reverse(), path)
      assert.deepEqual(await page({ sinceId: up[5], limit: 3 }), up.slice(6, 9), path)
      assert.deepEqual(await page({ sinceId: up[2], untilId: up[5] }), up.slice(3, 5).reverse(), path)
    }
    const renotes = (params: object) => idsOf(server, 'notes/renotes', { noteId, ...params })
    assert.deepEqual(await renotes({ limit: 2 }), quotes.toReversed().slice(0, 2))
    assert.deepEqual(await renotes({ sinceId: quotes[1], limit: 2 }), quotes.slice(2, 4))
  })

  test('nothing hangs on what is not there', async () => {
    await using server = await open()
    assert.deepEqual(await idsOf(server, 'notes/children', { noteId: NOBODY }), [])
    assert.deepEqual(await idsOf(server, 'notes/replies', { noteId: NOBODY }), [])
    assertError(await server.call('notes/renotes', { noteId: NOBODY }), 'notes/renotes', 'NO_SUCH_NOTE')
    assertError(await server.call('notes/conversation', { noteId: NOBODY }), 'notes/conversation', 'NO_SUCH_NOTE')
  })

  test('people one has muted, or who block one, are left out', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const noteId = await post(server, { text: 'root' }, alice)
    const byBob = await post(server, { text: 'answer', replyId: noteId, renoteId: noteId }, bob)
    const byCarol = await post(server, { text: 'answer', replyId: noteId, renoteId: noteId }, carol)
    const { ids } = server.ctx
    await server.ctx.transact(async (tx) => {
      const muting = { id: ids.next(), muterId: alice.id, muteeId: bob.id, expiresAt: null }
      await tx.insertInto('muting').values(muting).execute()
      await tx.insertInto('blocking').values({ id: ids.next(), blockerId: carol.id, blockeeId: bob.id }).execute()
    })
    for (const path of ['notes/replies', 'notes/children', 'notes/renotes']) {
      assert.deepEqual(await idsOf(server, path, { noteId }), [byCarol, byBob], path)
      assert.deepEqual(await idsOf(server, path, { noteId }, alice), [byCarol], path)
      assert.deepEqual(await idsOf(server, path, { noteId }, bob), [byBob], path)
    }
  })

  test('a conversation goes from the nearest answer to its beginning, hidden where it must be', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const up: string[] = [await post(server, { text: 'root' }, alice)]
    for (let number = 1; number < 14; number++) {
      const params = { text: String(number), replyId: up.at(-1), ...(number === 6 && { visibility: 'followers' }) }
      up.push(await post(server, params, alice))
    }
    const noteId = up.at(-1)!
    const above = up.slice(0, -1).reverse()
    const part = (params: object, as: Person | null = null) =>
      idsOf(server, 'notes/conversation', { noteId, ...params }, as)
    assert.deepEqual(await part({}), above.slice(0, 10))
    assert.deepEqual(await part({ limit: 100 }), above)
    assert.deepEqual(await part({ limit: 4, offset: 3 }), above.slice(3, 7))
    assert.deepEqual(await part({ offset: 13 }), [])
    assert.deepEqual(await part({ offset: Number.MAX_SAFE_INTEGER }), [])
    assert.deepEqual(await idsOf(server, 'notes/conversation', { noteId: up[0] }), [])
    const shown = bodyOf(await server.call('notes/conversation', { noteId, limit: 100 }, carol))
    const hidden = shown.filter(({ isHidden }: { isHidden?: true }) => isHidden)
    assert.deepEqual(
      hidden.map(({ id, text }: { id: string; text: null }) => [id, text]),
      [[up[6], null]],
    )
    assertInvalid(await server.call('notes/conversation', { noteId, offset: -1 }), '#/properties/offset/minimum')
    assert.equal((await server.call('notes/delete', { noteId: up[5] }, alice)).status, 204)
    assert.deepEqual(await part({ limit: 100 }, bob), up.slice(6, -1).reverse(), 'as far as it is there')
  })
})

onEachDatabase('a conversation without end', (open) => {
  test('is followed so far and no further, whatever is asked for', async () => {
    await using server = await open()
    const { alice, ctx } = server
    const threadId = await post(server, { text: 'root' }, alice)
    const root = (await ctx.db.selectFrom('note').selectAll().where('id', '=', threadId).executeTakeFirst())!
    const { tags: _tags, mentions: _mentions, visibleUserIds: _to, fileIds: _files, ...plain } = root
    const lists = { tags: '[]', mentions: '[]', visibleUserIds: '[]', fileIds: '[]' }
    let replyId = threadId
    const answers = Array.from({ length: 5100 }, () => {
      const answer = { ...plain, ...lists, id: ctx.ids.next(), replyId }
      replyId = answer.id
      return answer
    })
    await ctx.transact(async (tx) => {
      for (let start = 0; start < answers.length; start += 300) {
        await tx
          .insertInto('note')
          .values(answers.slice(start, start + 300))
          .execute()
      }
    })
    const part = (offset: number) => idsOf(server, 'notes/conversation', { noteId: replyId, limit: 100, offset })
    assert.equal((await part(4800)).length, 100)
    assert.equal((await part(4950)).length, 50)
    assert.deepEqual(await part(5000), [])
  })
})

onEachDatabase('mentions', (open) => {
  test('are what names one, answers one or is for one', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const own = await post(server, { text: 'mine' }, alice)
    const named = await post(server, { text: 'hello @alice', visibility: 'home' }, bob)
    const reply = await post(server, { text: 'answer', replyId: own }, bob)
    const direct = { text: 'psst', visibility: 'specified', visibleUserIds: [alice.id] }
    const forMe = await post(server, direct, carol)
    await post(server, { text: '@alice', visibility: 'specified', visibleUserIds: [bob.id] }, carol)
    await post(server, { text: 'hello @carol' }, bob)
    await post(server, { renoteId: own, text: 'a quote names nobody' }, bob)
    const mentions = (params: object = {}) => idsOf(server, 'notes/mentions', params, alice)
    assert.deepEqual(await mentions(), [forMe, reply, named])
    assert.deepEqual(await mentions({ visibility: 'specified' }), [forMe])
    assert.deepEqual(await mentions({ visibility: 'home' }), [named])
    assert.deepEqual(await mentions({ visibility: 'no such' }), [])
    assert.deepEqual(await mentions({ following: true }), [])
    bodyOf(await server.call('following/create', { userId: bob.id }, alice))
    assert.deepEqual(await mentions({ following: true }), [reply, named])
    assert.deepEqual(await mentions({ sinceId: named, limit: 1 }), [reply])
    assert.deepEqual(await mentions({ untilId: forMe, limit: 1 }), [reply])
    for (const note of bodyOf(await server.call('notes/mentions', {}, alice))) assertShape(note, 'Note')
  })

  test('of a conversation one does not want to hear of are left out, its beginning included', async () => {
    await using server = await open()
    const { alice, bob } = server
    const root = await post(server, { text: '@alice listen' }, bob)
    await post(server, { text: '@alice still', replyId: root }, bob)
    const other = await post(server, { text: '@alice something else' }, bob)
    const muting = { id: server.ctx.ids.next(), userId: alice.id, threadId: root }
    await server.ctx.transact((tx) => tx.insertInto('threadMuting').values(muting).execute())
    assert.deepEqual(await idsOf(server, 'notes/mentions', {}, alice), [other])
  })
})
