import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { onEachDatabase, type TestServer } from '../server.ts'
import { assertError, assertHas, assertInvalid, assertShape, bodyOf, fixture } from './expect.ts'

interface Step {
  name: string
  as?: 'admin' | 'alice' | 'bob' | 'carol'
  params: Record<string, unknown>
  /** The name by which later steps speak of the note, with a dollar. */
  keep?: string
  gives?: Record<string, unknown>
  /** The code of the error. */
  error?: string
  /** The place in the parameters that is refused. */
  invalid?: string
}

const steps = fixture<Step[]>('notes-create')

/** Puts ids for the names with a dollar, and long texts for `$x*100`. */
function fill<T>(value: T, names: Map<string, string>): T {
  const text = JSON.stringify(value).replaceAll(/"\$([^"]+)"/g, (whole, name: string) => {
    const [, letter, times] = /^(.+)\*(\d+)$/.exec(name) ?? []
    const found = letter ? letter.repeat(Number(times)) : names.get(name)
    assert.ok(found, `${whole} was kept by an earlier step`)
    return JSON.stringify(found)
  })
  return JSON.parse(text) as T
}

const peopleOf = (server: TestServer) =>
  new Map([server.admin, server.alice, server.bob, server.carol].map(({ username, id }) => [username, id]))

/** A channel anyone may renote out of, one that keeps what is posted there, and one that is closed; ids by name. */
async function makeChannels({ ctx, carol }: TestServer): Promise<Map<string, string>> {
  const channels = ['tea', 'club', 'closed'].map((name) => ({ id: ctx.ids.next(), name }))
  const rows = channels.map(({ id, name }) => ({
    ...{ id, name, userId: carol.id, description: null, pinnedNoteIds: '[]' },
    allowRenoteToExternal: name !== 'club',
    isArchived: name === 'closed',
  }))
  await ctx.transact((tx) => tx.insertInto('channel').values(rows).execute())
  return new Map(channels.map(({ id, name }) => [name, id]))
}

async function block(server: TestServer, blocker: 'admin', blockee: 'bob'): Promise<void> {
  const row = { id: server.ctx.ids.next(), blockerId: server[blocker].id, blockeeId: server[blockee].id }
  await server.ctx.transact((tx) => tx.insertInto('blocking').values(row).execute())
}

onEachDatabase('notes/create', (open) => {
  test('takes, adjusts and refuses as clients expect, in their order', async () => {
    await using server = await open()
    await changeSettings(server.ctx, {
      policies: { mentionLimit: 3 },
      prohibitedWords: ['forbidden', 'first second', '/badd+ly/i', '/(/'],
      sensitiveWords: ['delicate'],
    })
    const names = new Map([...peopleOf(server), ...(await makeChannels(server))])
    await block(server, 'admin', 'bob')
    for (const step of steps) {
      const answer = await server.call('notes/create', fill(step.params, names), server[step.as ?? 'alice'])
      try {
        if (step.error) assertError(answer, 'notes/create', step.error)
        else if (step.invalid) assertInvalid(answer, step.invalid)
        else {
          const { createdNote } = bodyOf(answer)
          assertShape(createdNote, 'Note')
          assertShape(createdNote.user, 'UserLite')
          if (step.keep) names.set(step.keep, createdNote.id)
          assertHas(createdNote, fill(step.gives ?? {}, names))
        }
      } catch (error) {
        throw new Error(step.name, { cause: error })
      }
    }
  })

  test('counts each person a note concerns once, and refuses more than the policy allows', async () => {
    await using server = await open()
    await changeSettings(server.ctx, { policies: { mentionLimit: 2 } })
    const { alice, bob, carol, admin } = server
    const note = bodyOf(await server.call('notes/create', { text: 'first' }, bob)).createdNote
    const post = (params: object) => server.call('notes/create', params, alice)
    bodyOf(await post({ text: '@bob @bob @carol' }))
    bodyOf(await post({ text: '@bob @carol', replyId: note.id }))
    bodyOf(await post({ text: '@bob', visibility: 'specified', visibleUserIds: [bob.id, carol.id] }))
    const tooMany = [
      { text: '@bob @carol @admin' },
      { text: '@carol @admin', replyId: note.id },
      { text: '@bob', visibility: 'specified', visibleUserIds: [carol.id, admin.id] },
    ]
    for (const params of tooMany) assertError(await post(params), 'notes/create', 'CONTAINS_TOO_MANY_MENTIONS')
    const { notesCount } = bodyOf(await server.call('users/show', { userId: alice.id }))
    assert.equal(notesCount, 3, 'what was refused was not counted')
  })

  test('a person who may not post publicly posts to home, and to fewer when they ask for it', async () => {
    await using server = await open()
    await changeSettings(server.ctx, { policies: { canPublicNote: false } })
    for (const [asked, given] of [
      [undefined, 'home'],
      ['public', 'home'],
      ['home', 'home'],
      ['followers', 'followers'],
      ['specified', 'specified'],
    ]) {
      const { createdNote } = bodyOf(await server.call('notes/create', { text: 'x', visibility: asked }, server.alice))
      assert.equal(createdNote.visibility, given)
    }
  })

  test('a poll may end some time after it was made; that wins over a given time', async () => {
    await using server = await open()
    const before = Date.now()
    const poll = { choices: ['a', 'b'], expiredAfter: 60_000, expiresAt: 1000 }
    const { createdNote } = bodyOf(await server.call('notes/create', { poll }, server.alice))
    const end = Date.parse(createdNote.poll.expiresAt)
    assert.ok(end >= before + 60_000 && end <= Date.now() + 60_000, createdNote.poll.expiresAt)
    const forEver = { choices: ['a', 'b'], expiredAfter: Number.MAX_SAFE_INTEGER }
    bodyOf(await server.call('notes/create', { poll: forEver }, server.alice))
    assert.equal(bodyOf(await server.call('notes/local-timeline')).length, 2, 'no note spoils a list')
  })

  test('counts notes, replies and renotes', async () => {
    await using server = await open()
    const { alice, bob } = server
    const post = async (params: object, as = bob) => bodyOf(await server.call('notes/create', params, as)).createdNote
    const counts = async (noteId: string) => {
      const { repliesCount, renoteCount } = bodyOf(await server.call('notes/show', { noteId }))
      return [repliesCount, renoteCount]
    }
    const note = await post({ text: 'counted' }, alice)
    await post({ text: 'reply', replyId: note.id })
    await post({ text: 'to myself', replyId: note.id }, alice)
    assert.deepEqual(await counts(note.id), [2, 0], 'replies of the author count')
    await post({ renoteId: note.id })
    await post({ renoteId: note.id, text: 'quote' })
    await post({ renoteId: note.id }, alice)
    const last = await post({ renoteId: note.id, text: 'quote of mine' }, alice)
    assert.deepEqual(await counts(note.id), [2, 2], 'renotes of the author do not')
    const shown = bodyOf(await server.call('users/show', { userId: alice.id }))
    assert.deepEqual([shown.notesCount, shown.updatedAt], [4, last.createdAt])
  })

  test('the id tells the time, ids rise, and the answer is what is shown afterwards', async () => {
    await using server = await open()
    const before = Date.now()
    const first = bodyOf(await server.call('notes/create', { text: 'one' }, server.alice)).createdNote
    const second = bodyOf(await server.call('notes/create', { text: 'two' }, server.alice)).createdNote
    assert.ok(second.id > first.id)
    assert.ok(Date.parse(first.createdAt) >= before && Date.parse(second.createdAt) <= Date.now())
    assert.deepEqual(bodyOf(await server.call('notes/show', { noteId: second.id }, server.alice)), second)
  })
})
