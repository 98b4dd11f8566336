import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setSuspended } from '../../src/db/queries/users.ts'
import { fillIndex, found, openSearch, post } from '../api/search.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { cells, type Relation, visibilities } from './cells.ts'

/** People who are one thing each to what alice writes. */
async function gather(server: TestServer): Promise<Record<Relation, Person | null>> {
  const enter = async (username: string): Promise<Person> => {
    const { id, token } = (await server.call('signup', { username, password: 'a password' })).body
    return { id, token, username, appToken: '' }
  }
  await server.call('following/create', { userId: server.alice.id }, server.bob)
  return {
    author: server.alice,
    follower: server.bob,
    stranger: server.carol,
    moderator: server.admin,
    mentioned: await enter('mentioned'),
    recipient: await enter('recipient'),
    replyTarget: await enter('answered'),
    anonymous: null,
  }
}

/** Runs a check twice: with the notes still outside the search index, and with them in it. */
async function beforeAndAfter(server: TestServer, check: (when: string) => Promise<void>): Promise<void> {
  await check('at once')
  await fillIndex(server)
  await check('from the index')
}

onEachDatabase('what a search finds', (open) => {
  test('is what the searcher may see, and nothing of what they may not', async () => {
    await using server = await open({ settings: { registration: 'open' } })
    await openSearch(server)
    const readers = await gather(server)
    const replyId = await post(server, readers.replyTarget!, { text: 'a question' })
    const notes = new Map<string, string>()
    for (const visibility of visibilities) {
      const visibleUserIds = visibility === 'specified' ? [readers.recipient!.id] : []
      const params = { text: `durian ${visibility} @mentioned`, cw: 'd', replyId, visibility, visibleUserIds }
      notes.set(visibility, await post(server, server.alice, params))
    }
    await beforeAndAfter(server, async (when) => {
      for (const [name, reader] of Object.entries(readers)) {
        for (const visibility of visibilities) {
          const expected = cells[visibility][name as Relation] ? [notes.get(visibility)] : []
          // By its grams, by its author, and by a letter, for which there are none.
          for (const params of [
            { query: `durian ${visibility}` },
            { query: `durian ${visibility}`, userId: server.alice.id },
            { query: 'd', untilId: `${notes.get(visibility)}a`, limit: 1 },
          ]) {
            const given = await found(server, params, reader)
            const shown = given.filter((id) => id === notes.get(visibility))
            assert.deepEqual(shown, expected, `${visibility} for ${name} ${when} ${JSON.stringify(params)}`)
          }
        }
      }
    })
  })

  test('leaves out the muted, those who block the searcher, and the suspended', async () => {
    await using server = await open()
    await openSearch(server)
    const { alice, bob, carol, ctx } = server
    const hers = await post(server, alice, { text: 'rambutan' })
    const his = await post(server, bob, { text: 'rambutan' })
    await fillIndex(server)
    assert.deepEqual(await found(server, { query: 'rambutan' }, carol), [his, hers])
    const pair = () => ({ id: ctx.ids.next(), expiresAt: null })
    await ctx.transact((tx) =>
      tx
        .insertInto('muting')
        .values({ ...pair(), muterId: carol.id, muteeId: alice.id })
        .execute(),
    )
    assert.deepEqual(await found(server, { query: 'rambutan' }, carol), [his])
    assert.deepEqual(await found(server, { query: 'rambutan' }, bob), [his, hers])
    const block = { id: ctx.ids.next(), blockerId: bob.id, blockeeId: carol.id }
    await ctx.transact((tx) => tx.insertInto('blocking').values(block).execute())
    assert.deepEqual(await found(server, { query: 'rambutan' }, carol), [])
    assert.deepEqual(await found(server, { query: 'rambutan' }, bob), [his, hers])
    await ctx.transact((tx) => setSuspended(tx, alice.id, true))
    assert.deepEqual(await found(server, { query: 'rambutan' }, bob), [his])
  })

  test('is not what its author shows to signed-in people only, for anyone else', async () => {
    await using server = await open()
    await openSearch(server)
    const { alice, bob, ctx } = server
    const id = await post(server, alice, { text: 'mangosteen' })
    const changed = { requireSigninToViewContents: true }
    await ctx.transact((tx) => tx.updateTable('user').set(changed).where('id', '=', alice.id).execute())
    await beforeAndAfter(server, async (when) => {
      assert.deepEqual(await found(server, { query: 'mangosteen' }, null), [], when)
      assert.deepEqual(await found(server, { query: 'mangosteen' }, bob), [id], when)
    })
  })

  test('fills its pages, however much lies between that the searcher may not see', async () => {
    await using server = await open()
    await openSearch(server)
    const seen: string[] = []
    for (let round = 0; round < 30; round++) {
      for (const visibility of ['specified', 'followers'] as const) {
        await post(server, server.alice, { text: 'lychee', visibility })
      }
      if (round % 3 === 0) seen.unshift(await post(server, server.alice, { text: 'lychee' }))
    }
    await beforeAndAfter(server, async (when) => {
      for (const query of ['lychee', 'l']) {
        for (let start = 0; start < seen.length; start += 4) {
          const params = { query, limit: 4, ...(start > 0 && { untilId: seen[start - 1] }) }
          assert.deepEqual(await found(server, params, server.bob), seen.slice(start, start + 4), `${query} ${when}`)
        }
      }
    })
  })
})
