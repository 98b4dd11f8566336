import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addToScore } from '../../src/db/queries/featured.ts'
import { sweepOut } from '../../src/db/queries/sweep.ts'
import { setSuspended } from '../../src/db/queries/users.ts'
import { lowestIdAt } from '../../src/lib/id.ts'
import { DAY } from '../../src/lib/time.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertShape, bodyOf } from './expect.ts'

const post = async (server: TestServer, params: object, as: Person): Promise<string> =>
  bodyOf(await server.call('notes/create', params, as)).createdNote.id

const score = (server: TestServer, noteId: string, by = 1) => server.ctx.transact((tx) => addToScore(tx, noteId, by))

const featured = async (server: TestServer, params: object = {}, as: Person | null = null): Promise<string[]> =>
  bodyOf(await server.call('notes/featured', params, as)).map(({ id }: { id: string }) => id)

const ofUser = async (server: TestServer, params: object): Promise<string[]> =>
  bodyOf(await server.call('users/featured-notes', params)).map(({ id }: { id: string }) => id)

/** Puts a channel into the server. */
async function makeChannel(server: TestServer): Promise<string> {
  const id = server.ctx.ids.next()
  await server.ctx.transact((tx) =>
    tx
      .insertInto('channel')
      .values({ id, userId: server.alice.id, name: 'tea', description: null, pinnedNoteIds: '[]' })
      .execute(),
  )
  return id
}

onEachDatabase('popular notes', (open) => {
  test('are those others renote, the latest first; what is not for everyone is none', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const one = await post(server, { text: 'one' }, alice)
    const two = await post(server, { text: 'two' }, bob)
    const ignored = await post(server, { text: 'ignored' }, bob)
    const home = await post(server, { text: 'home', visibility: 'home' }, bob)
    const reply = await post(server, { text: 'reply', replyId: one }, bob)
    for (const renoteId of [two, home, reply, one]) await post(server, { renoteId }, carol)
    await post(server, { renoteId: ignored }, bob)
    assert.deepEqual(await featured(server), [two, one])
    assert.deepEqual(await featured(server, {}, alice), [two, one])
    assert.deepEqual(await featured(server, { limit: 1 }), [two])
    assert.deepEqual(await featured(server, { untilId: two }), [one])
    assert.deepEqual(await ofUser(server, { userId: bob.id }), [two])
    assert.deepEqual(await ofUser(server, { userId: bob.id, untilId: two }), [])
    assert.deepEqual(await ofUser(server, { userId: 'aaaaaaaaaaaaaaaa' }), [])
    for (const note of bodyOf(await server.call('notes/featured'))) assertShape(note, 'Note')
    const got = await fetch(`${server.origin}/api/notes/featured?limit=1`)
    assert.equal(got.headers.get('cache-control'), 'public, max-age=3600')
    assert.equal(((await got.json()) as unknown[]).length, 1)
  })

  test('a renote taken back counts no more, nor does one by a bot', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const noteId = await post(server, { text: 'one' }, alice)
    const renote = await post(server, { renoteId: noteId }, bob)
    assert.deepEqual(await featured(server), [noteId])
    assert.equal((await server.call('notes/delete', { noteId: renote }, bob)).status, 204)
    assert.deepEqual(await featured(server), [])
    await server.ctx.transact((tx) => tx.updateTable('user').set({ isBot: true }).where('id', '=', carol.id).execute())
    const byBot = await post(server, { renoteId: noteId }, carol)
    assert.deepEqual(await featured(server), [])
    const renoteCount = async () => bodyOf(await server.call('notes/show', { noteId })).renoteCount
    assert.equal(await renoteCount(), 0)
    assert.equal((await server.call('notes/delete', { noteId: byBot }, carol)).status, 204)
    assert.equal(await renoteCount(), 0)
  })

  test('a channel has a ranking of its own', async () => {
    await using server = await open()
    const { alice } = server
    const channelId = await makeChannel(server)
    const inside = await post(server, { text: 'inside', channelId }, alice)
    const outside = await post(server, { text: 'outside' }, alice)
    for (const id of [inside, outside]) await score(server, id)
    assert.deepEqual(await featured(server), [outside])
    assert.deepEqual(await featured(server, { channelId }), [inside])
    assert.deepEqual(await featured(server, { channelId: null }), [outside])
    assert.deepEqual(await featured(server, { channelId: 'aaaaaaaaaaaaaaaa' }), [])
    assert.deepEqual(await ofUser(server, { userId: alice.id }), [outside])
  })

  test('only so many are, whatever their age; the reader’s mutes leave gaps that others do not fill', async () => {
    await using server = await open()
    const { alice, bob } = server
    const ids: string[] = []
    for (let number = 0; number < 104; number++) {
      const id = await post(server, { text: String(number) }, number % 2 === 0 ? alice : bob)
      ids.push(id)
      // The first are the least popular, then the last.
      await score(server, id, number < 3 ? 1 : number === 103 ? 2 : 10)
    }
    const best = ids.slice(3, 103)
    const seen = await featured(server, { limit: 100 })
    assert.deepEqual(seen, best.toReversed())
    assert.deepEqual(await featured(server, { untilId: best[0] }), [])
    await server.ctx.transact((tx) => setSuspended(tx, bob.id, true))
    const ofAlice = best.filter((id) => ids.indexOf(id) % 2 === 0).reverse()
    assert.deepEqual(await featured(server, { limit: 30 }), ofAlice.slice(0, 30))
  })

  test('what is older than three days gains nothing; what was popular is forgotten after two spans', async () => {
    await using server = await open()
    const { alice, ctx } = server
    const young = await post(server, { text: 'young' }, alice)
    const row = (await ctx.db.selectFrom('note').selectAll().where('id', '=', young).execute())[0]!
    const lists = { tags: '[]', mentions: '[]', visibleUserIds: '[]', fileIds: '[]' }
    const aged = (age: number) => `${lowestIdAt(Date.now() - age)}aaaaaaaa`
    const [old, nearlyOld] = [aged(3.1 * DAY), aged(2.9 * DAY)]
    await ctx.transact(async (tx) => {
      for (const id of [old, nearlyOld])
        await tx
          .insertInto('note')
          .values({ ...row, ...lists, id, threadId: id })
          .execute()
    })
    for (const id of [young, old, nearlyOld]) await score(server, id)
    assert.deepEqual(await featured(server), [young, nearlyOld])
    const shift = (by: number) =>
      ctx.transact((tx) =>
        tx
          .updateTable('noteScore')
          .set((score) => ({ start: score('start', '-', by) }))
          .execute(),
      )
    await shift(3 * DAY)
    assert.deepEqual(await featured(server), [young, nearlyOld], 'the span before counts too')
    await score(server, nearlyOld, 5)
    assert.deepEqual(await featured(server), [young, nearlyOld])
    await shift(3 * DAY)
    assert.deepEqual(await featured(server), [nearlyOld])
    const rows = async () => (await ctx.db.selectFrom('noteScore').select('noteId').execute()).length
    assert.ok((await rows()) > 0)
    await ctx.transact((tx) => sweepOut(tx, Date.now()))
    assert.ok((await rows()) > 0)
    await ctx.transact((tx) => sweepOut(tx, Date.now() + 22 * DAY))
    assert.equal(await rows(), 0)
  })
})

onEachDatabase('notes/show-partial-bulk', (open) => {
  test('tells the reactions of those notes that exist', async () => {
    await using server = await open()
    const { alice } = server
    const [one, two] = [await post(server, { text: 'one' }, alice), await post(server, { text: 'two' }, alice)]
    const noteIds = [two, 'aaaaaaaaaaaaaaaa', one, two]
    assert.deepEqual(bodyOf(await server.call('notes/show-partial-bulk', { noteIds })), [
      { id: two, reactions: {}, reactionEmojis: {} },
      { id: one, reactions: {}, reactionEmojis: {} },
    ])
  })
})
