import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertEmpty, assertError, bodyOf } from '../api/expect.ts'
import { type Answer, onEachDatabase, type TestServer } from '../server.ts'

/** Notes that differ in everything but whom they are for. */
const contents = {
  words: { text: 'secret' },
  warning: { text: 'secret', cw: 'secret' },
  poll: { text: 'secret', poll: { choices: ['secret', 'other'], multiple: true } },
  endingPoll: { poll: { choices: ['secret', 'other'], expiredAfter: 1 } },
  likeOnly: { text: 'secret', reactionAcceptance: 'likeOnly', localOnly: true },
  mention: { text: 'secret @admin #secret' },
}

interface Deed {
  params?: (noteId: string, clipId: string) => object
  /** What the contract answers to somebody who may not see the note. */
  gives: string | number | object
}

const choice = (index: number) => (noteId: string) => ({ noteId, choice: index })

/** What somebody may try with a note whose id they know. */
const deeds: [path: string, deed: Deed][] = [
  ['notes/state', { gives: { isFavorited: false, isMutedThread: false } }],
  ['notes/favorites/create', { gives: 204 }],
  ['notes/favorites/delete', { gives: 204 }],
  ['clips/add-note', { params: (noteId, clipId) => ({ clipId, noteId }), gives: 204 }],
  ['notes/polls/vote', { params: choice(0), gives: 'NO_SUCH_NOTE' }],
  ['notes/polls/vote', { params: choice(99), gives: 'NO_SUCH_NOTE' }],
  ['notes/reactions/create', { params: (noteId) => ({ noteId, reaction: '👍' }), gives: 'NO_SUCH_NOTE' }],
  ['notes/reactions/delete', { gives: 'NOT_REACTED' }],
  ['notes/reactions', { gives: [] }],
  ['notes/create', { params: (renoteId) => ({ renoteId }), gives: 'CANNOT_RENOTE_DUE_TO_VISIBILITY' }],
  ['notes/create', { params: (renoteId) => ({ renoteId, text: 'x' }), gives: 'CANNOT_RENOTE_DUE_TO_VISIBILITY' }],
  ['notes/create', { params: (replyId) => ({ replyId, text: 'x' }), gives: 'CANNOT_REPLY_TO_AN_INVISIBLE_NOTE' }],
  [
    'notes/create',
    {
      params: (replyId) => ({ replyId, text: 'x', visibility: 'specified' }),
      gives: 'CANNOT_REPLY_TO_AN_INVISIBLE_NOTE',
    },
  ],
  ['notes/unrenote', { gives: 204 }],
  ['notes/delete', { gives: 'ACCESS_DENIED' }],
  ['notes/thread-muting/create', { gives: 204 }],
  ['notes/thread-muting/delete', { gives: 204 }],
  ['notes/replies', { gives: [] }],
  ['notes/children', { gives: [] }],
  ['notes/renotes', { gives: [] }],
  ['notes/conversation', { gives: [] }],
  ['notes/clips', { gives: [] }],
  ['i/pin', { gives: 'NO_SUCH_NOTE' }],
  ['i/unpin', { gives: 'NO_SUCH_NOTE' }],
]

function assertGives(answer: Answer, path: string, gives: Deed['gives']): void {
  if (typeof gives === 'string') assertError(answer, path, gives)
  else if (gives === 204) assertEmpty(answer)
  else assert.deepEqual(bodyOf(answer), gives, path)
}

/** What others do to a note and leave behind, as one text. */
async function traces({ ctx: { db } }: TestServer, noteId: string): Promise<string> {
  const [note, reactions, votes, told] = await Promise.all([
    db.selectFrom('note').selectAll().where('id', '=', noteId).execute(),
    db.selectFrom('reaction').selectAll().where('noteId', '=', noteId).execute(),
    db.selectFrom('pollVote').selectAll().where('noteId', '=', noteId).execute(),
    // That a poll ends is nobody's doing.
    db.selectFrom('notification').selectAll().where('noteId', '=', noteId).where('type', '!=', 'pollEnded').execute(),
  ])
  return JSON.stringify({ note, reactions, votes, told })
}

onEachDatabase('what somebody may try with a note they may not see', (open) => {
  test('tells them the same whatever is in it, and changes nothing of it', async () => {
    await using server = await open()
    const { alice, carol } = server
    const clipId = bodyOf(await server.call('clips/create', { name: 'clip' }, carol)).id
    for (const visibility of ['followers', 'specified']) {
      for (const [name, content] of Object.entries(contents)) {
        const noteId = bodyOf(await server.call('notes/create', { ...content, visibility }, alice)).createdNote.id
        await server.call('notes/create', { text: 'secret', replyId: noteId, visibility }, alice)
        const before = await traces(server, noteId)
        for (const [path, { params, gives }] of deeds) {
          const asked = params?.(noteId, clipId) ?? { noteId }
          const answer = await server.call(path, asked, carol)
          const cell = `${path} of ${name} for ${visibility}`
          assert.ok(!JSON.stringify(answer.body).includes('secret'), cell)
          assert.doesNotThrow(() => assertGives(answer, path, gives), cell)
        }
        await server.call('clips/remove-note', { clipId, noteId }, carol)
        assert.equal(await traces(server, noteId), before, `${name} for ${visibility}`)
      }
    }
  })
})
