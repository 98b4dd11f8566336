import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { setSuspended } from '../../src/db/queries/users.ts'
import { onEachDatabase, type TestServer } from '../server.ts'
import { assertError, assertInvalid, assertShape, bodyOf, fixture } from './expect.ts'

type Name = 'admin' | 'alice' | 'bob' | 'carol'
type Read = { path: string; as?: Name; params?: Record<string, unknown>; gives: string }

interface World {
  follows: { by: Name; of: Name; withReplies?: boolean }[]
  notes: ({ name: string; as: Name } & Record<string, unknown>)[]
  /** The notes that have files. */
  withFiles: string[]
  reads: Read[]
  withBobSuspended: Read[]
}

const world = fixture<World>('timelines')

/** Makes the people's follows and notes; ids by name. */
async function build(server: TestServer): Promise<Map<string, string>> {
  const ids = new Map<string, string>((['admin', 'alice', 'bob', 'carol'] as const).map((one) => [one, server[one].id]))
  for (const { by, of, withReplies } of world.follows) {
    const params = { userId: server[of].id, ...(withReplies && { withReplies }) }
    bodyOf(await server.call('following/create', params, server[by]))
  }
  for (const { name, as, ...params } of world.notes) {
    const { createdNote } = bodyOf(await server.call('notes/create', named(params, ids), server[as]))
    ids.set(name, createdNote.id)
  }
  const withFiles = world.withFiles.map((name) => ids.get(name)!)
  await server.ctx.transact((tx) =>
    tx.updateTable('note').set({ hasFiles: true }).where('id', 'in', withFiles).execute(),
  )
  return ids
}

const named = <T>(params: T, ids: Map<string, string>): T =>
  JSON.parse(JSON.stringify(params).replaceAll(/"\$(\w+)"/g, (_, name: string) => JSON.stringify(ids.get(name))))

async function assertReads(server: TestServer, ids: Map<string, string>, reads: readonly Read[]): Promise<void> {
  const names = new Map([...ids].map(([name, id]) => [id, name]))
  for (const { path, as, params, gives } of reads) {
    const asked = { limit: 100, ...named(params ?? {}, ids) }
    const notes = bodyOf(await server.call(path, asked, as ? server[as] : null))
    for (const note of notes) assertShape(note, 'Note')
    const given = notes.map(({ id }: { id: string }) => names.get(id)).reverse()
    assert.deepEqual(given.join(' '), gives, `${path} as ${as ?? 'nobody'} with ${JSON.stringify(params ?? {})}`)
  }
}

const idsOf = async (server: TestServer, path: string, params: object, as: TestServer['alice'] | null = null) =>
  bodyOf(await server.call(path, params, as)).map(({ id }: { id: string }) => id)

onEachDatabase('timelines', (open) => {
  test('each holds what it is for, as its reader asks', async () => {
    await using server = await open()
    const ids = await build(server)
    await assertReads(server, ids, world.reads)
    await server.ctx.transact((tx) => setSuspended(tx, server.bob.id, true))
    await assertReads(server, ids, world.withBobSuspended)
    await server.ctx.transact((tx) => setSuspended(tx, server.bob.id, false))
    await assertReads(server, ids, world.reads)
  })

  test('pages by id and by date, bounds left out, upwards when only the lower is given', async () => {
    await using server = await open()
    const { alice } = server
    const made: { id: string; time: number }[] = []
    for (let number = 0; number < 25; number++) {
      const { createdNote } = bodyOf(await server.call('notes/create', { text: String(number) }, alice))
      made.push({ id: createdNote.id, time: Date.parse(createdNote.createdAt) })
      // Dates tell apart what is milliseconds apart.
      while (Date.now() <= made.at(-1)!.time);
    }
    const up = made.map(({ id }) => id)
    const down = up.toReversed()
    const [fifth, tenth] = [made[5]!, made[10]!]
    const pages: [params: object, expected: string[]][] = [
      [{}, down.slice(0, 10)],
      [{ limit: 1 }, down.slice(0, 1)],
      [{ limit: 100 }, down],
      [{ untilId: tenth.id }, up.slice(0, 10).reverse()],
      [{ untilId: tenth.id, limit: 3 }, up.slice(7, 10).reverse()],
      [{ sinceId: fifth.id, limit: 3 }, up.slice(6, 9)],
      [{ sinceId: fifth.id, untilId: tenth.id }, up.slice(6, 10).reverse()],
      [{ sinceId: up[24], limit: 3 }, []],
      [{ untilId: up[0] }, []],
      [{ sinceDate: fifth.time + 1, limit: 3 }, up.slice(6, 9)],
      [{ untilDate: tenth.time, limit: 3 }, up.slice(7, 10).reverse()],
      [{ sinceDate: fifth.time + 1, untilDate: tenth.time }, up.slice(6, 10).reverse()],
      [{ sinceDate: 0, limit: 2 }, up.slice(0, 2)],
      [{ untilId: tenth.id, untilDate: fifth.time, limit: 1 }, [up[9]!]],
      [{ sinceId: tenth.id, sinceDate: fifth.time, limit: 1 }, [up[11]!]],
      [{ sinceId: fifth.id, untilDate: tenth.time }, up.slice(6, 10).reverse()],
    ]
    const paths = ['notes/timeline', 'notes/local-timeline', 'notes/hybrid-timeline', 'notes/global-timeline']
    for (const path of [...paths, 'users/notes']) {
      for (const [params, expected] of pages) {
        const given = await idsOf(server, path, { userId: alice.id, ...params }, alice)
        assert.deepEqual(given, expected, `${path} ${JSON.stringify(params)}`)
      }
      for (const [limit, place] of [
        [0, 'minimum'],
        [101, 'maximum'],
        ['10', 'type'],
      ] as const) {
        const answer = await server.call(path, { userId: alice.id, limit }, alice)
        assertInvalid(answer, `#/properties/limit/${place}`)
      }
    }
  })

  test('replies and files are not asked for together', async () => {
    await using server = await open()
    for (const path of ['notes/local-timeline', 'notes/hybrid-timeline', 'users/notes']) {
      const params = { userId: server.bob.id, withReplies: true, withFiles: true }
      assertError(await server.call(path, params, server.alice), path, 'BOTH_WITH_REPLIES_AND_WITH_FILES')
    }
  })

  test('a timeline can be turned off', async () => {
    await using server = await open()
    await changeSettings(server.ctx, { policies: { ltlAvailable: false, gtlAvailable: false } })
    for (const [path, code] of [
      ['notes/local-timeline', 'LTL_DISABLED'],
      ['notes/hybrid-timeline', 'STL_DISABLED'],
      ['notes/global-timeline', 'GTL_DISABLED'],
    ] as const) {
      assertError(await server.call(path, { withReplies: true }, server.alice), path, code)
    }
    bodyOf(await server.call('notes/timeline', {}, server.alice))
  })

  test('a follow changes the home timeline at once', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const note = bodyOf(await server.call('notes/create', { text: 'before' }, bob)).createdNote
    const reply = {
      text: 'to carol',
      replyId: bodyOf(await server.call('notes/create', { text: 'x' }, carol)).createdNote.id,
    }
    const answer = bodyOf(await server.call('notes/create', reply, bob)).createdNote
    assert.deepEqual(await idsOf(server, 'notes/timeline', {}, alice), [])
    bodyOf(await server.call('following/create', { userId: bob.id }, alice))
    assert.deepEqual(await idsOf(server, 'notes/timeline', {}, alice), [note.id])
    bodyOf(await server.call('following/delete', { userId: bob.id }, alice))
    assert.deepEqual(await idsOf(server, 'notes/timeline', {}, alice), [])
    bodyOf(await server.call('following/create', { userId: bob.id, withReplies: true }, alice))
    assert.deepEqual(await idsOf(server, 'notes/timeline', {}, alice), [answer.id, note.id])
  })
})
