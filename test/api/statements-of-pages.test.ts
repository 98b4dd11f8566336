import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClip } from '../../src/core/clip.ts'
import { clipNote } from '../../src/core/clip-note.ts'
import { favoriteClip } from '../../src/core/favorite-clip.ts'
import { addToList } from '../../src/core/list-member.ts'
import { react } from '../../src/core/react.ts'
import { updateProfile } from '../../src/core/update-profile.ts'
import { createUserList } from '../../src/core/user-list.ts'
import { insertAssignment } from '../../src/db/queries/roles.ts'
import { onEachDatabase, type TestServer } from '../server.ts'
import { countStatementsOfCalls } from './count-statements.ts'
import { assertEmpty, bodyOf } from './expect.ts'
import { post } from './note-actions.ts'
import { addPeople } from './relations.ts'
import { makeRole } from './roles.ts'

const MANY = 30

/** Everything about one note and one hashtag, by thirty people. */
async function fill(server: TestServer) {
  const { alice, bob, ctx } = server
  const roleId = await makeRole(server, { isPublic: true, isExplorable: true })
  assertEmpty(
    await server.call('admin/roles/update-default-policies', { policies: { canSearchNotes: true } }, server.admin),
  )
  const { id: noteId } = await post(server, bob, { text: 'root' })
  const list = await createUserList(ctx, alice.id, 'list', 9)
  assert.ok(typeof list !== 'string')
  for (const userId of await addPeople(server, MANY)) {
    await react(ctx, userId, noteId, '👍')
    await updateProfile(
      ctx,
      userId,
      { wordMuteLimit: 9 },
      { profile: { name: 'Somebody' }, account: {}, description: '#tea' },
    )
    await addToList(ctx, alice.id, list.id, userId, 99)
    const clip = await createClip(ctx, userId, { name: 'clip', description: null, isPublic: true }, 9)
    assert.ok(typeof clip !== 'string')
    await clipNote(ctx, userId, clip.id, noteId, 9)
    await favoriteClip(ctx, alice.id, clip.id)
    await ctx.transact((tx) =>
      insertAssignment(tx, { id: ctx.ids.next(), roleId, userId, expiresAt: null }, Date.now()),
    )
    await post(server, alice, { text: 'in other words', renoteId: noteId })
  }
  let replyId = noteId
  for (let step = 0; step <= MANY; step++) replyId = (await post(server, alice, { text: `step ${step}`, replyId })).id
  return { noteId, last: replyId, listId: list.id }
}

onEachDatabase('statements of pages', (open) => {
  test('thirty of anything cost as many as three', async () => {
    await using server = await open()
    const { alice } = server
    const { noteId, last, listId } = await fill(server)
    const statements = countStatementsOfCalls(server)
    for (const [path, params] of [
      ['notes', {}],
      ['notes/renotes', { noteId }],
      ['notes/conversation', { noteId: last }],
      ['notes/reactions', { noteId }],
      ['notes/search', { query: 'step' }],
      ['hashtags/users', { tag: 'tea', sort: '+createdAt' }],
      ['users/search', { query: 'some' }],
      ['users/search', { query: 'some', detail: false }],
      ['users/search-by-username-and-host', { username: 'p' }],
      ['users/lists/get-memberships', { listId }],
    ] as const) {
      const cost = async (limit: number) => {
        const before = statements()
        assert.equal(bodyOf(await server.call(path, { ...params, limit }, alice)).length, limit, path)
        return statements() - before
      }
      // What is remembered of callers and authors is the same for both.
      await cost(MANY)
      const [three, thirty] = [await cost(3), await cost(MANY)]
      // Less where what the three answer is not among them and has to be read.
      assert.ok(thirty <= three, `${path}: ${three} statements for three, ${thirty} for thirty`)
    }
    // Those that have no limit.
    for (const [path, params] of [
      ['notes/clips', { noteId }],
      ['clips/my-favorites', {}],
    ] as const) {
      const before = statements()
      assert.equal(bodyOf(await server.call(path, params, alice)).length, MANY, path)
      const cost = statements() - before
      assert.ok(cost < 8, `${path}: ${cost} statements`)
    }
  })
})
