import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertHas, assertInvalid } from './expect.ts'
import { atOnce, block, post, show } from './note-actions.ts'
import { listen, NOBODY } from './relations.ts'

const vote = (server: TestServer, as: Person, noteId: string, choice: number) =>
  server.call('notes/polls/vote', { noteId, choice }, as)

const askFor = (server: TestServer, as: Person, poll: object = {}, more: object = {}) =>
  post(server, as, { text: 'which?', poll: { choices: ['a', 'b', 'c'], ...poll }, ...more })

const standing = ({ poll }: { poll: { choices: { votes: number; isVoted: boolean }[] } }) =>
  poll.choices.map(({ votes, isVoted }) => (isVoted ? `${votes}!` : `${votes}`)).join(' ')

onEachDatabase('polls', (open) => {
  test('a vote counts, and is seen as one’s own by the voter alone', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const note = await askFor(server, alice)
    assert.equal(standing(note), '0 0 0')
    const heard = listen(server, 'pollVoted')
    assertEmpty(await vote(server, bob, note.id, 1))
    assertEmpty(await vote(server, alice, note.id, 2))
    assert.deepEqual(heard, [
      { type: 'pollVoted', noteId: note.id, userId: bob.id, choice: 1 },
      { type: 'pollVoted', noteId: note.id, userId: alice.id, choice: 2 },
    ])
    assert.equal(standing(await show(server, note.id)), '0 1 1')
    assert.equal(standing(await show(server, note.id, carol)), '0 1 1')
    assert.equal(standing(await show(server, note.id, bob)), '0 1! 1')
    const renote = await post(server, alice, { renoteId: note.id })
    assert.equal(standing(renote.renote), '0 1 1!')
  })

  test('one vote each, or one for each choice where several may be chosen', async () => {
    await using server = await open()
    const { alice, bob } = server
    const single = await askFor(server, alice)
    const multiple = await askFor(server, alice, { multiple: true })
    const refused = async (noteId: string, choice: number) =>
      assertError(await vote(server, bob, noteId, choice), 'notes/polls/vote', 'ALREADY_VOTED')
    assertEmpty(await vote(server, bob, single.id, 0))
    for (const choice of [0, 1]) await refused(single.id, choice)
    assertEmpty(await vote(server, bob, multiple.id, 0))
    assertEmpty(await vote(server, bob, multiple.id, 2))
    for (const choice of [0, 2]) await refused(multiple.id, choice)
    assert.equal(standing(await show(server, single.id, bob)), '1! 0 0')
    assert.equal(standing(await show(server, multiple.id, bob)), '1! 0 1!')
  })

  test('what cannot be voted for', async () => {
    await using server = await open()
    const { ctx, alice, bob, carol } = server
    const note = await askFor(server, alice)
    const plain = await post(server, alice, { text: 'hello' })
    const direct = await askFor(server, alice, {}, { visibility: 'specified' })
    const ended = await askFor(server, alice, { expiredAfter: 1_000_000 })
    const ends = async (noteId: string, expiresAt: number) =>
      ctx.transact((tx) => tx.updateTable('poll').set({ expiresAt }).where('noteId', '=', noteId).execute())
    await ends(ended.id, Date.now() - 1)
    for (const [noteId, choice, code] of [
      [NOBODY, 0, 'NO_SUCH_NOTE'],
      [direct.id, 0, 'NO_SUCH_NOTE'],
      [plain.id, 0, 'NO_POLL'],
      [note.id, 3, 'INVALID_CHOICE'],
      [note.id, -1, 'INVALID_CHOICE'],
      [note.id, 1e20, 'INVALID_CHOICE'],
      [ended.id, 0, 'ALREADY_EXPIRED'],
      [ended.id, 9, 'ALREADY_EXPIRED'],
    ] as const) {
      assertError(await vote(server, carol, noteId, choice), 'notes/polls/vote', code)
    }
    assertInvalid(await vote(server, carol, note.id, 0.5), '#/properties/choice/type')
    await ends(ended.id, Date.now() + 1_000_000)
    assertEmpty(await vote(server, carol, ended.id, 0))
    await block(server, alice, bob)
    assertError(await vote(server, bob, note.id, 0), 'notes/polls/vote', 'YOU_HAVE_BEEN_BLOCKED')
    assert.equal(standing(await show(server, note.id)), '0 0 0')
  })

  test('twenty votes of one person at once are one', async () => {
    await using server = await open()
    const { alice, bob } = server
    const single = await askFor(server, alice)
    const outcomes = await atOnce(20, (turn) => vote(server, bob, single.id, turn % 3))
    assert.deepEqual(outcomes, { 204: 1, ALREADY_VOTED: 19 })
    const shown = await show(server, single.id, bob)
    assert.equal(standing(shown).split(' ').sort().join(' '), '0 0 1!')
    const multiple = await askFor(server, alice, { multiple: true })
    assert.deepEqual(await atOnce(20, (turn) => vote(server, bob, multiple.id, turn % 2)), {
      204: 2,
      ALREADY_VOTED: 18,
    })
    assert.equal(standing(await show(server, multiple.id, bob)), '1! 1! 0')
  })

  test('a poll that ends leaves word to tell so at its end', async () => {
    await using server = await open()
    const expiresAt = Date.now() + 1_000_000
    await askFor(server, server.alice)
    const note = await askFor(server, server.alice, { expiresAt })
    const jobs = await server.ctx.db.selectFrom('job').selectAll().where('kind', '=', 'pollEnded').execute()
    assert.equal(jobs.length, 1)
    assertHas({ ...jobs[0] }, { subject: note.id, data: { noteId: note.id }, runAt: expiresAt })
  })
})
