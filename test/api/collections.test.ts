import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase } from '../server.ts'
import { countStatementsOfCalls } from './count-statements.ts'
import { assertEmpty, bodyOf } from './expect.ts'

onEachDatabase('collections', (open) => {
  test('a list of eight costs as many statements as one of two', async () => {
    await using server = await open()
    const { alice, bob } = server
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
    const call = async (path: string, params: object, as = alice): Promise<any> =>
      bodyOf(await server.call(path, params, as))
    const listId = (await call('users/lists/create', { name: 'x' })).id
    for (const { id } of [bob, server.carol])
      assertEmpty(await server.call('users/lists/push', { listId, userId: id }, alice))
    const words = { keywords: [['bean']], excludeKeywords: [], caseSensitive: false }
    const antenna = { name: 'x', src: 'all', users: [], ...words, withReplies: true, withFile: false }
    const antennaId = (await call('antennas/create', antenna)).id
    const clipId = (await call('clips/create', { name: 'x' })).id
    const channelId = (await call('channels/create', { name: 'x' })).id
    for (let round = 0; round < 10; round++) {
      const by = round % 2 === 0 ? bob : server.carol
      const { createdNote } = await call('notes/create', { text: 'beans' }, by)
      await call('notes/create', { text: 'beans', channelId }, by)
      assertEmpty(await server.call('clips/add-note', { clipId, noteId: createdNote.id }, alice))
      if (round === 0) continue
      const more = (await call('channels/create', { name: 'x' })).id
      assertEmpty(await server.call('channels/follow', { channelId: more }, alice))
      if (round > 8) continue
      await call('clips/create', { name: 'x', isPublic: true })
      await call('users/lists/create', { name: 'x' })
    }
    assertEmpty(await server.call('channels/follow', { channelId }, alice))
    const statements = countStatementsOfCalls(server)
    const cost = async (path: string, limit: number) => {
      const params = { limit, listId, antennaId, clipId, channelId, userId: alice.id, query: '' }
      await call(path, params)
      const before = statements()
      assert.equal((await call(path, params)).length, limit, path)
      return statements() - before
    }
    const notes = ['notes/user-list-timeline', 'antennas/notes', 'clips/notes', 'channels/timeline', 'notes/timeline']
    const others = ['clips/list', 'users/clips', 'channels/owned', 'channels/followed', 'channels/search']
    for (const path of [...notes, ...others]) {
      const [two, many] = [await cost(path, 2), await cost(path, 8)]
      assert.equal(many, two, `${path}: ${two} statements for two, ${many} for eight`)
      assert.ok(two <= 10, `${path}: ${two} statements`)
    }
  })
})
