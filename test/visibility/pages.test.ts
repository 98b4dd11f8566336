import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { addToScore } from '../../src/db/queries/featured.ts'
import { setSuspended } from '../../src/db/queries/users.ts'
import { assertEmpty, bodyOf } from '../api/expect.ts'
import { onEachDatabase, type TestServer } from '../server.ts'
import { visibilities } from './cells.ts'
import { forPeople } from './lists.ts'

const ROUNDS = 5
const PAGE = 3

interface Account {
  id: string
  token: string | null
}

/** What lists are asked with, by the name of the list. */
type Asked = Record<string, object>

interface World {
  readers: Record<string, Account & { antennaId: string; listId: string }>
  askedBy(reader: string): Asked
}

/**
 * Notes of an author that a reader may see and notes they may not, by turns, and between them those of people the reader
 * has muted, who block them and who are suspended, and what the author has to do with those.
 */
async function strew(server: TestServer): Promise<World> {
  const { alice, bob, carol, admin, ctx } = server
  await changeSettings(ctx, { policies: { canSearchNotes: true } })
  const call = async (as: Account, path: string, params: object) => {
    const { status, body } = await server.call(path, params, as.token)
    assert.ok(status === 200 || status === 204, `${path}: ${JSON.stringify(body)}`)
    return body
  }
  const post = async (as: Account, params: object): Promise<string> =>
    (await call(as, 'notes/create', params)).createdNote.id
  const others: Account[] = await Promise.all(
    ['muted', 'blocks', 'gone'].map(async (username) =>
      bodyOf(await server.call('signup', { username, password: 'a password' })),
    ),
  )
  const [muted, blocks, gone] = others as [Account, Account, Account]
  const equip = async (as: Account) => {
    const listId = (await call(as, 'users/lists/create', { name: 'list' })).id
    for (const { id } of [alice, ...others]) await call(as, 'users/lists/push', { listId, userId: id })
    for (const { id } of [alice, muted, gone]) {
      await call(as, 'users/lists/update-membership', { listId, userId: id, withReplies: true })
    }
    return { id: as.id, token: as.token, antennaId: (await call(as, 'antennas/create', antenna)).id, listId }
  }
  const readers = {
    follower: await equip(bob),
    stranger: await equip(carol),
    anonymous: { id: '', token: null, antennaId: '', listId: '' },
  }
  for (const { id } of [alice, ...others]) await call(bob, 'following/create', { userId: id, withReplies: true })
  await call(alice, 'i/update', { publicReactions: true })
  const clipId = (await call(admin, 'clips/create', { name: 'clip', isPublic: true })).id
  const channelId = (await call(admin, 'channels/create', { name: 'channel' })).id
  const root = await post(admin, { text: 'a question' })

  const says = { text: '@bob grows #beans', renoteId: root, replyId: root }
  const made: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    for (const visibility of visibilities) made.push(await post(alice, { ...says, visibility }))
    const other = others[round % others.length]!
    const theirs = await post(other, says)
    made.push(theirs, await post(other, { text: 'in a channel', channelId }))
    made.push(await post(alice, { ...says, renoteId: undefined, replyId: theirs }))
    made.push(await post(alice, { text: '#beans', renoteId: theirs }))
    made.push(await post(alice, { text: 'alone' }), await post(alice, { text: 'in a channel', channelId }))
  }
  for (const noteId of made) {
    await Promise.all([
      call(admin, 'clips/add-note', { clipId, noteId }),
      call(alice, 'notes/reactions/create', { noteId, reaction: '👍' }),
      call(bob, 'notes/favorites/create', { noteId }),
      call(carol, 'notes/favorites/create', { noteId }),
      ctx.transact((tx) => addToScore(tx, noteId, 1)),
    ])
  }
  for (const reader of [bob, carol]) {
    assertEmpty(await server.call('mute/create', { userId: muted.id }, reader))
    await call(blocks, 'blocking/create', { userId: reader.id })
  }
  await ctx.transact((tx) => setSuspended(tx, gone.id, true))

  const ofAuthor = { userId: alice.id }
  const askedBy = (reader: string): Asked => {
    const { antennaId, listId } = readers[reader as keyof typeof readers]
    return {
      'notes/timeline': {},
      'notes/local-timeline': { withReplies: true },
      'notes/hybrid-timeline': { withReplies: true },
      'notes/global-timeline': {},
      'notes/user-list-timeline': { listId },
      'users/notes': { ...ofAuthor, withReplies: true, withChannelNotes: true },
      'channels/timeline': { channelId },
      'notes/search': { query: 'grows' },
      'notes/search-by-tag': { tag: 'beans' },
      'notes/replies': { noteId: root },
      'notes/children': { noteId: root },
      'notes/renotes': { noteId: root },
      'notes/mentions': {},
      'clips/notes': { clipId },
      'clips/notes with words': { clipId, search: 'grows beans' },
      'antennas/notes by keyword': { antennaId },
      'i/favorites': {},
      'i/notifications': { markAsRead: false },
      'i/notifications-grouped': { markAsRead: false },
      'users/reactions': ofAuthor,
      notes: {},
      'notes/featured': {},
      'users/featured-notes': ofAuthor,
    }
  }
  return { readers, askedBy }
}

const antenna = {
  ...{ name: 'antenna', src: 'all', users: [], keywords: [['beans']], excludeKeywords: [[]] },
  ...{ caseSensitive: false, withReplies: true, withFile: false },
}

/** Nobody but the follower is mentioned, and only followers have a home. */
const isEmpty = (reader: string, path: string) =>
  reader === 'stranger' &&
  ['notes/timeline', 'notes/mentions', 'i/notifications', 'i/notifications-grouped'].includes(path)

onEachDatabase('pages', (open) => {
  test('are full as long as there is more, however much lies between that the reader does not get', async () => {
    await using server = await open({ settings: { registration: 'open' } })
    const { readers, askedBy } = await strew(server)
    for (const [reader, { token }] of Object.entries(readers)) {
      for (const [name, params] of Object.entries(askedBy(reader))) {
        if (reader === 'anonymous' && forPeople.has(name)) continue
        const [path = ''] = name.split(' ')
        const cell = `${name} as ${reader}`
        const ids = async (page: object): Promise<string[]> =>
          bodyOf(await server.call(path, { ...params, ...page }, token)).map(({ id }: { id: string }) => id)
        const whole = await ids({ limit: 100 })
        assert.ok(whole.length >= ROUNDS || isEmpty(reader, path), `${cell}: ${whole.length}`)
        const isDownOnly = path === 'notes/featured' || path === 'users/featured-notes'
        const up = isDownOnly ? [] : whole.toReversed()
        // The page after each third row, in either direction, and the first one.
        const starts = whole.flatMap((_, index) => (index % PAGE === 0 ? index : []))
        await Promise.all(
          starts.map(async (start) => {
            const untilId = start === 0 ? {} : { untilId: whole[start - 1] }
            assert.deepEqual(await ids({ limit: PAGE, ...untilId }), whole.slice(start, start + PAGE), `${cell} down`)
            if (isDownOnly) return
            const above = await ids({ limit: PAGE, sinceId: up[start] })
            assert.deepEqual(above, up.slice(start + 1, start + 1 + PAGE), `${cell} up`)
          }),
        )
      }
    }
  })

  test('of what is found in a clip are full, however far apart it is', async () => {
    await using server = await open()
    const { alice, bob } = server
    const clipId = bodyOf(await server.call('clips/create', { name: 'clip' }, bob)).id
    const clip = async (text: string) => {
      const { createdNote } = bodyOf(await server.call('notes/create', { text }, alice))
      assertEmpty(await server.call('clips/add-note', { clipId, noteId: createdNote.id }, bob))
      return createdNote.id
    }
    const meant = [await clip('beans')]
    // So many that they are not read at once.
    await Promise.all(Array.from({ length: 110 }, () => clip('other')))
    meant.push(await clip('beans'))
    const found = async (page: object) =>
      bodyOf(await server.call('clips/notes', { clipId, search: 'beans', ...page }, bob)).map(
        ({ id }: { id: string }) => id,
      )
    assert.deepEqual(await found({ limit: 10 }), meant.toReversed())
    assert.deepEqual(await found({ limit: 1, untilId: meant[1] }), meant.slice(0, 1))
    assert.deepEqual(await found({ limit: 2, sinceId: meant[0] }), meant.slice(1))
    assert.deepEqual(await found({ limit: 2, sinceDate: 0 }), meant)
  })
})
