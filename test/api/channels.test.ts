import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertHas, assertShape, bodyOf } from './expect.ts'
import { assertPages } from './paging.ts'

const UNKNOWN = 'aaaaaaaaaaaaaaaa'

const makeChannel = async (server: TestServer, as: Person, params: object = {}): Promise<string> =>
  bodyOf(await server.call('channels/create', { name: 'channel', ...params }, as)).id

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
const post = async (server: TestServer, as: Person, params: object): Promise<any> =>
  bodyOf(await server.call('notes/create', params, as)).createdNote

const idsOf = async (server: TestServer, path: string, params: object = {}, as: Person | null = null) =>
  bodyOf(await server.call(path, params, as)).map(({ id }: { id: string }) => id)

const show = async (server: TestServer, channelId: string, as: Person | null = null) =>
  bodyOf(await server.call('channels/show', { channelId }, as))

onEachDatabase('channels', (open) => {
  test('a channel is made, changed by its owner or a moderator, and shown', async () => {
    await using server = await open()
    const { alice, bob, admin } = server
    const made = bodyOf(await server.call('channels/create', { name: 'beans' }, alice))
    assertShape(made, 'Channel')
    const before = {
      ...{ name: 'beans', description: null, color: '#86b300', userId: alice.id, bannerUrl: null, bannerId: null },
      ...{ isArchived: false, isSensitive: false, allowRenoteToExternal: true, pinnedNoteIds: [], lastNotedAt: null },
      ...{ usersCount: 0, notesCount: 0, isFollowing: false, isFavorited: false, isMuting: false },
    }
    assertHas(made, { ...before, pinnedNotes: 'absent' })
    const channelId = made.id
    const changes: [params: object, gives: object][] = [
      [{}, {}],
      [
        { name: 'peas', description: 'green' },
        { name: 'peas', description: 'green' },
      ],
      [
        { color: '#fff', isSensitive: true },
        { color: '#fff', isSensitive: true },
      ],
      [
        { isSensitive: null, allowRenoteToExternal: false },
        { isSensitive: true, allowRenoteToExternal: false },
      ],
      [{ description: null, bannerId: null, isArchived: null }, { description: null }],
      [{ isArchived: true }, { isArchived: true }],
      [
        { isArchived: false, isSensitive: false },
        { isArchived: false, isSensitive: false },
      ],
    ]
    let expected: object = { ...before, id: channelId }
    for (const [params, gives] of changes) {
      for (const as of [alice, admin]) {
        expected = { ...expected, ...gives }
        assertHas(bodyOf(await server.call('channels/update', { channelId, ...params }, as)), { ...expected })
      }
    }
    const shown = await show(server, channelId, bob)
    assertShape(shown, 'Channel')
    assertHas(shown, { ...expected, pinnedNotes: [] })
    assertHas(await show(server, channelId), { isFollowing: 'absent', isFavorited: 'absent', isMuting: 'absent' })
    const all = { color: '#000', description: 'd', isSensitive: true, allowRenoteToExternal: false, bannerId: null }
    assertHas(bodyOf(await server.call('channels/create', { name: 'x', ...all }, alice)), all)
  })

  test('what cannot be done with a channel', async () => {
    await using server = await open()
    const { alice, bob } = server
    const channelId = await makeChannel(server, alice)
    const refused: [path: string, params: object, as: Person | null, code: string][] = [
      ['channels/create', { name: 'x', bannerId: UNKNOWN }, alice, 'NO_SUCH_FILE'],
      ['channels/update', { channelId, bannerId: UNKNOWN }, alice, 'NO_SUCH_FILE'],
      ['channels/update', { channelId, name: 'mine' }, bob, 'ACCESS_DENIED'],
      ['channels/update', { channelId: UNKNOWN }, alice, 'NO_SUCH_CHANNEL'],
      ['channels/show', { channelId: UNKNOWN }, null, 'NO_SUCH_CHANNEL'],
      ['channels/timeline', { channelId: UNKNOWN }, null, 'NO_SUCH_CHANNEL'],
      ['channels/follow', { channelId: UNKNOWN }, alice, 'NO_SUCH_CHANNEL'],
      ['channels/unfollow', { channelId: UNKNOWN }, alice, 'NO_SUCH_CHANNEL'],
      ['channels/favorite', { channelId: UNKNOWN }, alice, 'NO_SUCH_CHANNEL'],
      ['channels/unfavorite', { channelId: UNKNOWN }, alice, 'NO_SUCH_CHANNEL'],
    ]
    for (const [path, params, as, code] of refused) assertError(await server.call(path, params, as), path, code)
    assertHas(await show(server, channelId), { name: 'channel' })
    await changeSettings(server.ctx, { policies: { canCreateChannel: false } })
    assert.equal((await server.call('channels/create', { name: 'x' }, bob)).status, 403)
  })

  test('a note in a channel says where it is, and is counted there', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const channelId = await makeChannel(server, alice, { name: 'beans', isSensitive: true })
    const counts = async () => {
      const { notesCount, usersCount } = await show(server, channelId)
      return [notesCount, usersCount]
    }
    const asked = { text: 'x', channelId, visibility: 'specified', visibleUserIds: [carol.id] }
    const note = await post(server, bob, asked)
    assertShape(note, 'Note')
    assertHas(note, { channelId, visibility: 'public', visibleUserIds: 'absent', localOnly: true })
    const shown = { id: channelId, name: 'beans', color: '#86b300', isSensitive: true }
    assert.deepEqual(note.channel, { ...shown, allowRenoteToExternal: true, userId: alice.id })
    assert.deepEqual(await counts(), [1, 1])
    assert.equal((await show(server, channelId)).lastNotedAt, note.createdAt)
    const again = await post(server, bob, { text: 'again', channelId })
    assert.deepEqual(await counts(), [2, 1])
    const reply = await post(server, carol, { text: 'goes where its target is', replyId: note.id })
    assertHas(reply, { channelId })
    assert.deepEqual(reply.reply.channel, note.channel)
    assert.deepEqual(await counts(), [3, 2])
    const outside = await post(server, carol, { text: 'outside' })
    assertHas(outside, { channelId: 'absent', channel: 'absent' })
    assertHas(await post(server, carol, { text: 'x', replyId: outside.id, channelId }), { channelId: 'absent' })
    assert.deepEqual(await counts(), [3, 2])
    assertEmpty(await server.call('notes/delete', { noteId: again.id }, bob))
    assert.deepEqual(await counts(), [2, 2])
    assertEmpty(await server.call('notes/delete', { noteId: note.id }, bob))
    assert.deepEqual(await counts(), [1, 1])
    await post(server, bob, { text: 'back', channelId })
    assert.deepEqual(await counts(), [2, 2])
  })

  test('where notes may not go', async () => {
    await using server = await open()
    const { alice, bob } = server
    const [closed, archived] = [
      await makeChannel(server, alice, { allowRenoteToExternal: false }),
      await makeChannel(server, alice),
    ]
    const note = await post(server, alice, { text: 'stays', channelId: closed })
    const old = await post(server, alice, { text: 'old', channelId: archived })
    bodyOf(await server.call('channels/update', { channelId: archived, isArchived: true }, alice))
    for (const [params, code] of [
      [{ renoteId: note.id }, 'CANNOT_RENOTE_OUTSIDE_OF_CHANNEL'],
      [{ text: 'x', channelId: archived }, 'NO_SUCH_CHANNEL'],
      [{ text: 'x', replyId: old.id }, 'NO_SUCH_CHANNEL'],
    ] as const) {
      assertError(await server.call('notes/create', params, bob), 'notes/create', code)
    }
    assertHas(await post(server, bob, { renoteId: note.id, channelId: closed }), { channelId: closed })
    assert.deepEqual(await idsOf(server, 'channels/timeline', { channelId: archived }), [old.id])
  })

  test('the timeline of a channel is its notes in pages, for anyone, without people they have muted', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const [channelId, other] = [await makeChannel(server, alice), await makeChannel(server, alice)]
    const made: string[] = []
    for (const as of [alice, bob, alice, bob, bob]) {
      made.push((await post(server, as, { text: 'x', channelId })).id)
      await post(server, as, { text: 'elsewhere', channelId: other })
      await post(server, as, { text: 'outside' })
    }
    for (const as of [carol, null]) await assertPages(server, 'channels/timeline', { channelId }, as, made)
    const row = { id: UNKNOWN, muterId: carol.id, muteeId: bob.id, expiresAt: null }
    await server.ctx.transact((tx) => tx.insertInto('muting').values(row).execute())
    assert.deepEqual(await idsOf(server, 'channels/timeline', { channelId }, carol), [made[2], made[0]])
    for (const path of ['notes/local-timeline', 'notes/global-timeline']) {
      assert.equal((await idsOf(server, path, { limit: 100 })).length, 5, `${path} has no notes of channels`)
    }
    const withChannels = { userId: alice.id, withChannelNotes: true }
    assert.equal((await idsOf(server, 'users/notes', withChannels)).length, 6)
    bodyOf(await server.call('channels/update', { channelId, isSensitive: true }, alice))
    assert.equal((await idsOf(server, 'users/notes', withChannels)).length, 4, 'not those of sensitive ones')
  })

  test('what is followed comes into the home timeline, from before and from then on, until it is not', async () => {
    await using server = await open()
    const { alice, bob } = server
    const channelId = await makeChannel(server, bob)
    const home = () => idsOf(server, 'notes/timeline', {}, alice)
    const before = await post(server, bob, { text: 'before', channelId })
    assert.deepEqual(await home(), [])
    for (const _ of ['once', 'twice']) {
      assertEmpty(await server.call('channels/follow', { channelId }, alice))
      assert.deepEqual(await home(), [before.id])
    }
    assertHas(await show(server, channelId, alice), { isFollowing: true })
    assertHas(await show(server, channelId, bob), { isFollowing: false })
    const after = await post(server, bob, { text: 'after', channelId })
    assert.deepEqual(await home(), [after.id, before.id])
    for (const _ of ['once', 'twice']) {
      assertEmpty(await server.call('channels/unfollow', { channelId }, alice))
      assert.deepEqual(await home(), [])
    }
    bodyOf(await server.call('following/create', { userId: bob.id }, alice))
    assert.deepEqual(await home(), [], 'following a person is not following them into channels')
  })

  test('lists of channels: made, followed, favourite', async () => {
    await using server = await open()
    const { alice, bob } = server
    const made: string[] = []
    for (let number = 0; number < 6; number++) {
      made.push(await makeChannel(server, alice))
      await makeChannel(server, server.carol)
    }
    await assertPages(server, 'channels/owned', {}, alice, made)
    assert.equal((await idsOf(server, 'channels/owned', {}, alice)).length, 5, 'five when no limit is given')
    const archived = await makeChannel(server, alice)
    bodyOf(await server.call('channels/update', { channelId: archived, isArchived: true }, alice))
    assert.equal((await idsOf(server, 'channels/owned', { limit: 1 }, alice))[0], made[5])
    // Followed in another order than they were made: the page is by what clients know, the ids of the channels.
    for (const number of [3, 0, 5, 4, 1, 2]) {
      assertEmpty(await server.call('channels/follow', { channelId: made[number] }, bob))
    }
    await assertPages(server, 'channels/followed', {}, bob, made)
    assert.deepEqual(await idsOf(server, 'channels/followed', {}, alice), [])
    for (const channelId of [made[4], made[1], made[4]]) {
      assertEmpty(await server.call('channels/favorite', { channelId }, bob))
    }
    assert.deepEqual(await idsOf(server, 'channels/my-favorites', {}, bob), [made[1], made[4]])
    assertHas(await show(server, made[4]!, bob), { isFavorited: true, isFollowing: true })
    for (const _ of ['once', 'twice']) {
      assertEmpty(await server.call('channels/unfavorite', { channelId: made[4] }, bob))
    }
    assert.deepEqual(await idsOf(server, 'channels/my-favorites', {}, bob), [made[1]])
  })

  test('the channels where somebody posted last come first, without those put away', async () => {
    await using server = await open()
    const { alice } = server
    const made: string[] = []
    for (let number = 0; number < 12; number++) made.push(await makeChannel(server, alice))
    assert.deepEqual(await idsOf(server, 'channels/featured'), [])
    for (const channelId of made) {
      const { createdAt } = await post(server, alice, { text: 'x', channelId })
      // Times tell apart what is milliseconds apart.
      while (Date.now() <= Date.parse(createdAt));
    }
    await post(server, alice, { text: 'x', channelId: made[3] })
    bodyOf(await server.call('channels/update', { channelId: made[11], isArchived: true }, alice))
    const expected = [3, 10, 9, 8, 7, 6, 5, 4, 2, 1].map((number) => made[number])
    assert.deepEqual(await idsOf(server, 'channels/featured'), expected)
  })

  test('channels are found by name and description, in any case, as words and not as patterns', async () => {
    await using server = await open()
    const { alice } = server
    const named = [
      { name: 'Green Beans' },
      { name: 'soup', description: 'of BEANS' },
      { name: '100%_sure' },
      { name: '豆の部屋' },
      { name: 'Élan \\ vital' },
    ]
    const made: string[] = []
    for (const params of named) made.push(await makeChannel(server, alice, params))
    const searches: [params: object, expected: number[]][] = [
      [{ query: 'beans' }, [1, 0]],
      [{ query: 'beans', type: 'nameOnly' }, [0]],
      [{ query: 'beans', type: 'nameAndDescription', limit: 1 }, [1]],
      [{ query: 'beans', untilId: made[1] }, [0]],
      [{ query: '豆' }, [3]],
      [{ query: 'éLAN' }, [4]],
      [{ query: '%' }, [2]],
      [{ query: '_' }, [2]],
      [{ query: '\\' }, [4]],
      [{ query: '' }, [4, 3, 2, 1, 0]],
      [{ query: 'peas' }, []],
      [{ query: 'beans'.repeat(20_000) }, []],
    ]
    for (const [params, expected] of searches) {
      const found = (await idsOf(server, 'channels/search', params)).map((id: string) => made.indexOf(id))
      assert.deepEqual(found, expected, JSON.stringify(params))
    }
    await assertPages(server, 'channels/search', { query: '' }, null, made)
    bodyOf(await server.call('channels/update', { channelId: made[0], name: 'peas' }, alice))
    bodyOf(await server.call('channels/update', { channelId: made[1], isArchived: true }, alice))
    assert.deepEqual(await idsOf(server, 'channels/search', { query: 'beans' }), [])
    assert.deepEqual(await idsOf(server, 'channels/search', { query: 'peas' }), [made[0]])
  })

  test('notes pinned in a channel are shown in their order, as far as the viewer may see them', async () => {
    await using server = await open()
    const { alice, bob } = server
    const channelId = await makeChannel(server, alice)
    const first = await post(server, alice, { text: '1', channelId })
    const second = await post(server, alice, { text: '2', channelId })
    const own = await post(server, alice, { text: 'for me', visibility: 'specified' })
    const pinnedNoteIds = [second.id, own.id, first.id, UNKNOWN]
    const params = { channelId, pinnedNoteIds: [...pinnedNoteIds, first.id] }
    assertHas(bodyOf(await server.call('channels/update', params, alice)), { pinnedNoteIds })
    const pinned = async (as: Person | null) =>
      (await show(server, channelId, as)).pinnedNotes.map(({ id }: { id: string }) => id)
    assert.deepEqual(await pinned(bob), [second.id, first.id])
    assert.deepEqual(await pinned(null), [second.id, first.id])
    assert.deepEqual(await pinned(alice), [second.id, own.id, first.id])
    assertHas(await show(server, channelId), { pinnedNoteIds })
  })
})
