import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { onEachDatabase, type TestServer } from '../server.ts'
import { type Client, idsOf, type Listed, readBack, readForward, signIn } from './day.ts'

// A day with the published client package: what people do with the API, one thing after the other.

interface People {
  server: TestServer
  alice: Client
  bob: Client
  carol: Client
}

async function arrive(server: TestServer): Promise<People> {
  await changeSettings(server.ctx, { policies: { canSearchNotes: true } })
  const [alice, bob, carol] = [server.alice, server.bob, server.carol].map((person) => signIn(server, person))
  return { server, alice: await alice!, bob: await bob!, carol: await carol! }
}

/** They find each other, and talk. */
async function talk({ server, alice, bob, carol }: People): Promise<void> {
  const found = await alice.request('users/show', { username: 'bob' })
  assert.equal((await alice.request('following/create', { userId: found.id })).id, server.bob.id)
  await bob.request('following/create', { userId: server.alice.id, withReplies: true })
  const relations = [await alice.request('users/relation', { userId: [found.id] })].flat()
  assert.deepEqual(
    relations.map(({ isFollowing, isFollowed }) => [isFollowing, isFollowed]),
    [[true, true]],
  )

  const { createdNote: note } = await alice.request('notes/create', {
    text: 'Which bean, @bob? #beans',
    poll: { choices: ['azuki', 'edamame'], expiredAfter: 3_600_000 },
  })
  const { createdNote: reply } = await bob.request('notes/create', { text: 'Both', replyId: note.id })
  const { createdNote: quote } = await bob.request('notes/create', { text: 'Look', renoteId: note.id })
  const { createdNote: renote } = await carol.request('notes/create', { renoteId: note.id })
  await bob.request('notes/reactions/create', { noteId: note.id, reaction: '🍵' })
  await carol.request('notes/reactions/create', { noteId: note.id, reaction: '❤' })
  await carol.request('notes/reactions/create', { noteId: reply.id, reaction: '👍' })
  await bob.request('notes/polls/vote', { noteId: note.id, choice: 1 })
  await bob.request('notes/favorites/create', { noteId: note.id })
  await alice.request('i/pin', { noteId: note.id })

  const seen = await bob.request('notes/show', { noteId: note.id })
  assert.deepEqual(seen.reactions, { '🍵': 1, '❤': 1 })
  assert.equal(seen.myReaction, '🍵')
  assert.deepEqual([seen.repliesCount, seen.renoteCount], [1, 2])
  assert.deepEqual(
    seen.poll?.choices.map(({ votes, isVoted }) => [votes, isVoted]),
    [
      [0, false],
      [1, true],
    ],
  )
  assert.deepEqual(await idsOf(bob.request('notes/conversation', { noteId: reply.id })), [note.id])
  assert.deepEqual(await idsOf(bob.request('notes/children', { noteId: note.id })), [quote.id, reply.id])
  assert.deepEqual(await idsOf(bob.request('notes/renotes', { noteId: note.id })), [renote.id, quote.id])
  assert.equal((await bob.request('notes/state', { noteId: note.id })).isFavorited, true)
  assert.equal((await bob.request('i/favorites', {}))[0]?.noteId, note.id)
  const page = await bob.request('users/show', { userId: server.alice.id })
  assert.deepEqual(page.pinnedNoteIds, [note.id])
  assert.ok((await alice.request('notes/reactions', { noteId: note.id })).every(({ user }) => user.id !== page.id))

  const told = await alice.request('i/notifications', { markAsRead: false })
  const types = told.map(({ type }) => type).filter((type) => type !== 'createToken')
  assert.deepEqual(types, ['reaction', 'reaction', 'renote', 'quote', 'reply', 'follow', 'followRequestAccepted'])
  const grouped = await alice.request('i/notifications-grouped', {})
  assert.ok(grouped.some((one) => one.type === 'reaction:grouped' && one.reactions.length === 2))
  assert.equal((await alice.request('i', {})).unreadNotificationsCount, 0)

  await carol.request('notes/unrenote', { noteId: note.id })
  await bob.request('notes/reactions/delete', { noteId: note.id })
  await bob.request('notes/delete', { noteId: quote.id })
  assert.deepEqual((await bob.request('notes/show', { noteId: note.id })).reactions, { '❤': 1 })
  assert.deepEqual(await bob.request('notes/renotes', { noteId: note.id }), [])
}

/** They no longer want to see somebody, and then do again. */
async function fallOut({ server, alice, bob, carol }: People): Promise<void> {
  const { createdNote: note } = await carol.request('notes/create', { text: 'Coffee!' })
  const sees = async (client: Client) =>
    (await idsOf(client.request('notes/local-timeline', { limit: 5 }))).includes(note.id)
  const told = async () =>
    (await alice.request('i/notifications', {})).some((one) => 'userId' in one && one.userId === server.carol.id)
  assert.ok(await sees(alice))
  await alice.request('mute/create', { userId: server.carol.id })
  await carol.request('notes/create', { text: 'Coffee, @alice!' })
  assert.deepEqual([await sees(alice), await told()], [false, false])
  assert.equal((await alice.request('mute/list', {}))[0]?.muteeId, server.carol.id)
  await alice.request('mute/delete', { userId: server.carol.id })
  assert.ok(await sees(alice))

  await carol.request('blocking/create', { userId: server.bob.id })
  assert.equal(await sees(bob), false)
  const refused = ({ code }: { code: string }) => code === 'BLOCKED' || code === 'YOU_HAVE_BEEN_BLOCKED'
  await assert.rejects(bob.request('following/create', { userId: server.carol.id }), refused)
  await assert.rejects(bob.request('notes/create', { text: 'Tea!', replyId: note.id }), refused)
  await assert.rejects(bob.request('notes/reactions/create', { noteId: note.id, reaction: '👍' }), refused)
  await carol.request('blocking/delete', { userId: server.bob.id })
  assert.ok(await sees(bob))
}

/** A hundred notes, everywhere a note can be read; each list is read back and forward while more are being posted. */
async function scroll({ server, alice, bob }: People): Promise<void> {
  const { id: listId } = await alice.request('users/lists/create', { name: 'friends' })
  await alice.request('users/lists/push', { listId, userId: server.bob.id })
  const { id: antennaId } = await alice.request('antennas/create', {
    ...{ name: 'numbers', src: 'all', keywords: [['number']], excludeKeywords: [[]], users: [] },
    ...{ caseSensitive: false, withReplies: false, withFile: false },
  })
  const { id: clipId } = await alice.request('clips/create', { name: 'numbers' })
  const { id: channelId } = await bob.request('channels/create', { name: 'numbers' })
  await alice.request('channels/follow', { channelId })

  const [posted, inChannel]: [string[], string[]] = [[], []]
  const more = async () => {
    const text = `number ${posted.length} for @alice #counting`
    const { createdNote } = await bob.request('notes/create', { text })
    posted.push(createdNote.id)
    await alice.request('clips/add-note', { clipId, noteId: createdNote.id })
    inChannel.push((await bob.request('notes/create', { text: 'in a channel', channelId })).createdNote.id)
  }
  while (posted.length < 100) await more()

  const everywhere: Record<string, { read: Listed; ofChannel?: boolean }> = {
    local: { read: (page) => alice.request('notes/local-timeline', page) },
    global: { read: (page) => alice.request('notes/global-timeline', page) },
    social: { read: (page) => alice.request('notes/hybrid-timeline', { ...page, withReplies: true }) },
    home: { read: (page) => alice.request('notes/timeline', page) },
    list: { read: (page) => alice.request('notes/user-list-timeline', { ...page, listId }) },
    person: { read: (page) => alice.request('users/notes', { ...page, userId: server.bob.id }) },
    channel: { read: (page) => alice.request('channels/timeline', { ...page, channelId }), ofChannel: true },
    antenna: { read: (page) => alice.request('antennas/notes', { ...page, antennaId }) },
    clip: { read: (page) => alice.request('clips/notes', { ...page, clipId }) },
    mentions: { read: (page) => alice.request('notes/mentions', page) },
    hashtag: { read: (page) => alice.request('notes/search-by-tag', { ...page, tag: 'counting' }) },
    search: { read: (page) => alice.request('notes/search', { ...page, query: 'number', userId: server.bob.id }) },
  }
  for (const [name, { read, ofChannel }] of Object.entries(everywhere)) {
    const made = ofChannel ? inChannel : posted
    const isOne = (id: string) => made.includes(id)
    const before = made.toReversed()
    const back = (await readBack(read, more)).filter(isOne)
    assert.deepEqual(back, before, `${name}, read back`)
    const forward = (await readForward(read, before.at(-1)!)).filter(isOne)
    assert.deepEqual(forward, made.slice(1), `${name}, read forward`)
  }
}

onEachDatabase('a day with misskey-js', (open) => {
  test('goes without surprises, and leaves nothing to worry about in the log', async () => {
    await using server = await open()
    const people = await arrive(server)
    await talk(people)
    await fallOut(people)
    await scroll(people)
    const lines = server.logged().split('\n')
    assert.deepEqual(
      lines.filter((line) => line !== '' && JSON.parse(line).level >= 40),
      [],
    )
  })
})
