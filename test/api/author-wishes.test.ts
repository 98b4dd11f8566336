import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isWithheld, narrowed } from '../../src/lib/author-wishes.ts'
import { lowestIdAt } from '../../src/lib/id.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertHas, bodyOf } from './expect.ts'
import { post, show } from './note-actions.ts'
import { makePerson } from './relations.ts'
import { found, openSearch } from './search.ts'

const madeAt = Date.UTC(2026, 0, 1, 12, 0, 0, 500)
const second = Math.floor(madeAt / 1000)
const author = { id: 'author', requireSigninToViewContents: false }
const note = { id: `${lowestIdAt(madeAt)}00000000`, visibility: 'public' as const }

test('an author’s wish reaches notes from before its moment, to the millisecond', () => {
  for (const [limit, now, isOld] of [
    [null, madeAt + 1e9, false],
    [0, madeAt, false],
    [0, madeAt + 1, true],
    [-10, madeAt + 10_000, false],
    [-10, madeAt + 10_001, true],
    [second, madeAt + 1e9, false],
    [second + 1, madeAt + 1e9, true],
  ] as const) {
    const hidden = { ...author, makeNotesHiddenBefore: limit, makeNotesFollowersOnlyBefore: null }
    for (const viewer of ['other', null]) assert.equal(isWithheld(note, hidden, viewer, now), isOld, `${limit} ${now}`)
    assert.equal(isWithheld(note, hidden, author.id, now), false)
    const forFollowers = { ...author, makeNotesHiddenBefore: null, makeNotesFollowersOnlyBefore: limit }
    for (const visibility of ['public', 'home'] as const) {
      const seen = narrowed({ ...note, visibility }, forFollowers, now)
      assert.equal(seen.visibility, isOld ? 'followers' : visibility, `${limit} ${now}`)
    }
    for (const visibility of ['followers', 'specified'] as const) {
      assert.equal(narrowed({ ...note, visibility }, forFollowers, now).visibility, visibility)
    }
  }
})

const wish = async (server: TestServer, person: Person, wishes: object) => {
  await makePerson(server, person, wishes)
  server.ctx.bus.publish({ type: 'user', id: person.id })
}

const isHidden = async (server: TestServer, noteId: string, as: Person | null) => {
  const shown = await show(server, noteId, as)
  assert.equal(JSON.stringify(shown).includes('words'), !shown.isHidden)
  return shown.isHidden === true
}

onEachDatabase('what authors wish for their old notes', (open) => {
  test('those for followers only are for them and whom they concern', async () => {
    await using server = await open()
    const { alice, bob, carol, admin } = server
    bodyOf(await server.call('following/create', { userId: alice.id }, bob))
    const old = await post(server, alice, { text: 'words', poll: { choices: ['words', 'b'] }, visibility: 'home' })
    const toCarol = await post(server, alice, { text: 'words for @carol' })
    const quote = await post(server, carol, { text: 'quote', renoteId: old.id })
    await wish(server, alice, { makeNotesFollowersOnlyBefore: Math.floor(Date.now() / 1000) + 2 })
    for (const as of [alice, bob]) {
      assertHas(await show(server, old.id, as), { text: 'words', visibility: 'followers', isHidden: 'absent' })
    }
    for (const as of [carol, admin, null]) {
      assertHas(await show(server, old.id, as), { text: null, visibility: 'followers', isHidden: true, poll: 'absent' })
    }
    assert.deepEqual(
      [await isHidden(server, toCarol.id, carol), await isHidden(server, toCarol.id, admin)],
      [false, true],
    )
    assert.equal(await isHidden(server, quote.id, bob), false)
    assertHas((await show(server, quote.id, carol)).renote, { text: null, isHidden: true })
    assertHas((await show(server, quote.id, bob)).renote, { text: 'words', isHidden: 'absent' })
    assertHas(bodyOf(await server.call('users/notes', { userId: alice.id }))[1], { id: old.id, isHidden: true })

    const answers = {
      'notes/reactions/create': { noteId: old.id, reaction: '👍' },
      'notes/polls/vote': { noteId: old.id, choice: 0 },
    }
    for (const [path, params] of Object.entries(answers)) {
      assertError(await server.call(path, params, carol), path, 'NO_SUCH_NOTE')
      assertEmpty(await server.call(path, params, bob))
    }
    const unanswerable = await server.call('notes/create', { text: 'reply', replyId: old.id }, carol)
    assertError(unanswerable, 'notes/create', 'CANNOT_REPLY_TO_AN_INVISIBLE_NOTE')
    const unquotable = await server.call('notes/create', { renoteId: old.id }, carol)
    assertError(unquotable, 'notes/create', 'CANNOT_RENOTE_DUE_TO_VISIBILITY')
    await post(server, bob, { text: 'reply', replyId: old.id })
    assert.deepEqual(bodyOf(await server.call('notes/reactions', { noteId: old.id }, carol)), [])
    assert.equal(bodyOf(await server.call('notes/reactions', { noteId: old.id }, bob)).length, 1)
  })

  test('hidden ones are for the author alone', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    bodyOf(await server.call('following/create', { userId: alice.id }, bob))
    const note = await post(server, alice, { text: 'words @carol #beans', visibility: 'followers' })
    await wish(server, alice, { makeNotesHiddenBefore: -3600 })
    assert.equal(await isHidden(server, note.id, bob), false)
    await wish(server, alice, { makeNotesHiddenBefore: 0 })
    for (const as of [bob, carol, null]) assert.equal(await isHidden(server, note.id, as), true)
    assert.equal(await isHidden(server, note.id, alice), false)
    assertHas(await show(server, note.id, bob), {
      ...{ visibility: 'followers', mentions: 'absent', tags: 'absent' },
    })
  })
  test('what is withheld is not found by what it says', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    await openSearch(server)
    bodyOf(await server.call('following/create', { userId: alice.id }, bob))
    const note = await post(server, alice, { text: 'words' })
    const clipId = bodyOf(await server.call('clips/create', { name: 'clip', isPublic: true }, carol)).id
    assertEmpty(await server.call('clips/add-note', { clipId, noteId: note.id }, carol))
    const finds = async (as: Person | null) => {
      const clipped = bodyOf(await server.call('clips/notes', { clipId, search: 'words' }, as))
      const searched = await found(server, { query: 'words' }, as)
      assert.deepEqual(
        clipped.map(({ id }: { id: string }) => id),
        searched,
      )
      return searched.length === 1
    }
    const readers = [alice, bob, carol, null]
    const everybody = async () => Promise.all(readers.map(finds))
    assert.deepEqual(await everybody(), [true, true, true, true])
    await wish(server, alice, { makeNotesFollowersOnlyBefore: 0 })
    assert.deepEqual(await everybody(), [true, true, false, false])
    await wish(server, alice, { makeNotesHiddenBefore: 0 })
    assert.deepEqual(await everybody(), [true, false, false, false])
    await wish(server, alice, {
      makeNotesFollowersOnlyBefore: null,
      makeNotesHiddenBefore: null,
      requireSigninToViewContents: true,
    })
    assert.deepEqual(await everybody(), [true, true, true, false])
  })
})
