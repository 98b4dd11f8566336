import assert from 'node:assert/strict'
import { test } from 'node:test'
import { insertUser } from '../../src/db/queries/users.ts'
import { startFanout } from '../../src/jobs/fanout.ts'
import { bodyOf } from '../api/expect.ts'
import { onEachDatabase, type TestServer } from '../server.ts'
import { until } from './waiting.ts'

const FOLLOWERS = 450

/** Gives alice many followers, of whom bob is the last; their ids in the order in which they began to follow. */
async function makeFollowers({ ctx, alice, bob }: TestServer, count = FOLLOWERS): Promise<string[]> {
  const ids = [...Array.from({ length: count - 1 }, () => ctx.ids.next()), bob.id]
  await ctx.transact(async (tx) => {
    for (const id of ids) {
      if (id !== bob.id) await insertUser(tx, { id, username: id, usernameLower: id }, '-')
      const following = { id: ctx.ids.next(), followerId: id, followeeId: alice.id }
      await tx.insertInto('following').values(following).execute()
    }
  })
  return ids
}

const readersOf = async ({ ctx }: TestServer, noteId: string): Promise<string[]> => {
  const rows = await ctx.db.selectFrom('home').select('readerId').where('noteId', '=', noteId).execute()
  return rows.map(({ readerId }) => readerId).sort()
}

const onTheWay = ({ ctx }: TestServer) => ctx.db.selectFrom('fanout').selectAll().execute()

const homeOfBob = async (server: TestServer): Promise<string[]> =>
  bodyOf(await server.call('notes/timeline', { limit: 100 }, server.bob)).map(({ id }: { id: string }) => id)

onEachDatabase('a note to many followers', (open) => {
  test('is in their home timelines at once, and written there for each soon after', async () => {
    await using server = await open()
    const { alice } = server
    const followers = await makeFollowers(server)
    const notes: string[] = []
    for (let number = 0; number < 3; number++) {
      const { createdNote } = bodyOf(await server.call('notes/create', { text: `to many ${number}` }, alice))
      notes.unshift(createdNote.id)
      assert.deepEqual(await homeOfBob(server), notes)
    }
    await until(
      () => onTheWay(server),
      ({ length }) => length === 0,
    )
    assert.deepEqual(await homeOfBob(server), notes)
    for (const id of notes) assert.deepEqual(await readersOf(server, id), [...followers, alice.id].sort())
  })

  test('that a process which died has begun to send is sent on by the next', async () => {
    await using server = await open()
    const { ctx, alice } = server
    const followers = await makeFollowers(server)
    const { createdNote } = bodyOf(await server.call('notes/create', { text: 'again' }, alice))
    await until(
      () => onTheWay(server),
      ({ length }) => length === 0,
    )
    // As it was after the first 200 of them.
    const follows = await ctx.db.selectFrom('following').select(['id', 'followerId']).orderBy('id').execute()
    await ctx.transact(async (tx) => {
      const late = follows.slice(200).map(({ followerId }) => followerId)
      await tx.deleteFrom('home').where('readerId', 'in', late).execute()
      const half = { noteId: createdNote.id, userId: alice.id, channelId: null, after: follows[199]!.id }
      await tx
        .insertInto('fanout')
        .values({ ...half, takenUntil: Date.now() + 300 })
        .execute()
    })
    assert.deepEqual(await homeOfBob(server), [createdNote.id], 'nobody misses it meanwhile')
    const other = startFanout(ctx)
    await until(
      () => onTheWay(server),
      ({ length }) => length === 0,
    )
    await other.close()
    assert.deepEqual(await readersOf(server, createdNote.id), [...followers, alice.id].sort())
  })

  test('deleted on its way is in nobody’s', async () => {
    await using server = await open()
    const { alice } = server
    await makeFollowers(server)
    const { createdNote } = bodyOf(await server.call('notes/create', { text: 'a slip' }, alice))
    assert.equal((await server.call('notes/delete', { noteId: createdNote.id }, alice)).status, 204)
    await until(
      () => onTheWay(server),
      ({ length }) => length === 0,
    )
    assert.deepEqual(await homeOfBob(server), [])
    assert.ok(!server.logged().includes('could not be sent'))
  })
})
