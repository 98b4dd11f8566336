import assert from 'node:assert/strict'
import { test } from 'node:test'
import { block } from '../../src/core/block.ts'
import { follow } from '../../src/core/follow.ts'
import { mute } from '../../src/core/mute.ts'
import { muteRenotes } from '../../src/core/mute-renotes.ts'
import { putFollowRequest } from '../../src/db/queries/follow-requests.ts'
import { onEachDatabase } from '../server.ts'
import { countStatementsOfCalls } from './count-statements.ts'
import { assertEmpty, bodyOf } from './expect.ts'
import { addPeople } from './relations.ts'
import { makeRole } from './roles.ts'

const lists = [
  'notes/timeline',
  'notes/hybrid-timeline',
  'notes/local-timeline',
  'notes/global-timeline',
  'users/notes',
  'users/reactions',
  'i/favorites',
  'notes/replies',
  'notes/children',
  'notes/search-by-tag',
  'notes/mentions',
]

const peopleLists = [
  'users/followers',
  'users/following',
  'following/requests/list',
  'following/requests/sent',
  'mute/list',
  'renote-mute/list',
]

onEachDatabase('statements', (open) => {
  test('a list of thirty notes costs as many as one of three', async () => {
    await using server = await open()
    const { alice, bob } = server
    const post = async (params: object, as = alice) => bodyOf(await server.call('notes/create', params, as)).createdNote
    const root = await post({ text: 'root', poll: { choices: ['a', 'b'] } }, bob)
    const quote = await post({ text: 'quote', renoteId: root.id }, bob)
    bodyOf(await server.call('following/create', { userId: bob.id }, alice))
    const attend = async (noteId: string) => {
      await server.call('notes/reactions/create', { noteId, reaction: '👍' }, alice)
      await server.call('notes/favorites/create', { noteId }, alice)
    }
    await server.call('notes/polls/vote', { noteId: root.id, choice: 1 }, alice)
    for (let round = 0; round < 10; round++) {
      for (const text of ['one', 'two', 'three']) await post({ text: `@alice #${text} #round`, replyId: root.id }, bob)
      await attend((await post({ text: `@bob ${round}`, poll: { choices: ['a', 'b'] } })).id)
      await attend((await post({ text: 'in answer', replyId: root.id })).id)
      await attend((await post({ text: 'in other words', renoteId: quote.id })).id)
    }
    const statements = countStatementsOfCalls(server)
    for (const path of lists) {
      const cost = async (limit: number) => {
        const before = statements()
        const params = { limit, userId: alice.id, withReplies: true, noteId: root.id, tag: 'round' }
        assert.equal(bodyOf(await server.call(path, params, alice)).length, limit, path)
        return statements() - before
      }
      // What is remembered of callers and authors is the same for both.
      await cost(30)
      const [three, thirty] = [await cost(3), await cost(30)]
      assert.equal(thirty, three, `${path}: ${three} statements for three notes, ${thirty} for thirty`)
      assert.ok(three > 2 && three <= 14, `${path}: ${three} statements`)
    }
    for (const path of ['i/notifications', 'i/notifications-grouped']) {
      const cost = async (limit: number) => {
        const before = statements()
        assert.equal(bodyOf(await server.call(path, { limit, markAsRead: false }, bob)).length, limit, path)
        return statements() - before
      }
      assert.equal(await cost(30), await cost(3), path)
    }
    const people = async (userIds: string[]) => {
      const before = statements()
      bodyOf(await server.call('users/show', { userIds }, bob))
      return statements() - before
    }
    assert.equal(await people([alice.id, server.carol.id, server.admin.id]), await people([alice.id]), 'users/show')
  })
  test('a list of thirty people costs as many as one of three', async () => {
    await using server = await open()
    const { alice, ctx } = server
    const people = await addPeople(server, 30)
    for (const id of people) {
      await follow(ctx, id, alice.id, false)
      await follow(ctx, alice.id, id, false)
      await muteRenotes(ctx, alice.id, id)
      await mute(ctx, alice.id, id, null)
    }
    await ctx.transact(async (tx) => {
      for (const { id, followerId, followeeId } of await tx.selectFrom('following').selectAll().execute()) {
        await putFollowRequest(tx, { id, followerId, followeeId, withReplies: false })
      }
    })
    const statements = countStatementsOfCalls(server)
    const assertCost = async (path: string) => {
      const cost = async (limit: number) => {
        const before = statements()
        assert.equal(bodyOf(await server.call(path, { userId: alice.id, limit }, alice)).length, limit, path)
        return statements() - before
      }
      // What is remembered of callers and authors is the same for both.
      await cost(30)
      const [three, thirty] = [await cost(3), await cost(30)]
      assert.equal(thirty, three, `${path}: ${three} statements for three people, ${thirty} for thirty`)
    }
    for (const path of peopleLists) await assertCost(path)
    for (const id of people) await block(ctx, alice.id, id)
    await assertCost('blocking/list')
  })

  test('a list of thirty people with roles and memos costs as many as one of three', async () => {
    await using server = await open()
    const { admin, alice } = server
    const roleId = await makeRole(server)
    for (const userId of await addPeople(server, 30)) {
      assertEmpty(await server.call('admin/roles/assign', { roleId, userId }, admin))
      assertEmpty(await server.call('users/update-memo', { userId, memo: 'met' }, alice))
    }
    const statements = countStatementsOfCalls(server)
    for (const [path, as] of [
      ['users', alice],
      ['roles/users', alice],
      ['admin/roles/users', admin],
    ] as const) {
      const cost = async (limit: number) => {
        const before = statements()
        const params = { roleId, limit, sort: '+createdAt' }
        assert.equal(bodyOf(await server.call(path, params, as)).length, limit, path)
        return statements() - before
      }
      const [three, thirty] = [await cost(3), await cost(30)]
      assert.equal(thirty, three, `${path}: ${three} statements for three people, ${thirty} for thirty`)
    }
  })
})
