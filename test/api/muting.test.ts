import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mute } from '../../src/core/mute.ts'
import { muteRenotes } from '../../src/core/mute-renotes.ts'
import { deleteExpiredMutes } from '../../src/db/queries/muting.ts'
import { HOUR } from '../../src/lib/time.ts'
import { onEachDatabase, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertHas, assertInvalid, assertShape, bodyOf } from './expect.ts'
import { assertPages } from './paging.ts'
import { addPeople, assertErrors, idsIn, listen, NOBODY, seen } from './relations.ts'

const kinds = [
  { path: 'mute', flag: 'isMuted', shape: 'Muting', add: (...who: Who) => mute(...who, null) },
  { path: 'renote-mute', flag: 'isRenoteMuted', shape: 'RenoteMuting', add: (...who: Who) => muteRenotes(...who) },
] as const

type Who = [ctx: TestServer['ctx'], muterId: string, muteeId: string]

/** Puts the end of all mutes into the past. */
const letEnd = ({ ctx }: TestServer) =>
  ctx.transact(async (tx) => {
    await tx
      .updateTable('muting')
      .set({ expiresAt: Date.now() - 1 })
      .execute()
  })

onEachDatabase('muting', (open) => {
  for (const { path, flag, shape, add } of kinds) {
    test(`${path}: made, seen by whoever mutes, listed and ended`, async () => {
      await using server = await open()
      const { alice, bob, carol } = server
      const events = listen(server, 'relation')
      assertEmpty(await server.call(`${path}/create`, { userId: bob.id }, alice))
      const flags = { isMuted: false, isRenoteMuted: false }
      assertHas(await seen(server, alice, bob), { ...flags, [flag]: true })
      assertHas(await seen(server, bob, alice), flags)
      assertHas(await seen(server, carol, bob), flags)
      const [row, ...more] = bodyOf(await server.call(`${path}/list`, {}, alice))
      assert.deepEqual(more, [])
      assertShape(row, shape)
      assertShape(row.mutee, 'UserLite', 'detailed', 'relation')
      assert.deepEqual([row.muteeId, row.mutee.id, row.mutee[flag]], [bob.id, bob.id, true])
      assert.deepEqual(bodyOf(await server.call(`${path}/list`, {}, bob)), [])
      await assertErrors(server, alice, [
        [`${path}/create`, alice.id, 'MUTEE_IS_YOURSELF'],
        [`${path}/create`, NOBODY, 'NO_SUCH_USER'],
        [`${path}/create`, bob.id, 'ALREADY_MUTING'],
        [`${path}/delete`, alice.id, 'MUTEE_IS_YOURSELF'],
        [`${path}/delete`, NOBODY, 'NO_SUCH_USER'],
        [`${path}/delete`, carol.id, 'NOT_MUTING'],
      ])
      assertEmpty(await server.call(`${path}/delete`, { userId: bob.id }, alice))
      assertHas(await seen(server, alice, bob), flags)
      await assertErrors(server, alice, [[`${path}/delete`, bob.id, 'NOT_MUTING']])
      const event = { type: 'relation', fromId: alice.id, toId: bob.id }
      assert.deepEqual(events, [event, event])
    })

    test(`${path}: the list is paged, thirty at a time`, async () => {
      await using server = await open()
      const { alice } = server
      for (const id of await addPeople(server, 31)) await add(server.ctx, alice.id, id)
      const made = await idsIn(server, `${path}/list`, alice)
      assert.equal(made.length, 31)
      await assertPages(server, `${path}/list`, {}, alice, made)
      assert.equal(bodyOf(await server.call(`${path}/list`, {}, alice)).length, 30)
    })
  }

  test('a mute ends by itself and can be made anew', async () => {
    await using server = await open()
    const { alice, bob } = server
    const expiresAt = Date.now() + HOUR
    assertEmpty(await server.call('mute/create', { userId: bob.id, expiresAt }, alice))
    const [row] = bodyOf(await server.call('mute/list', {}, alice))
    assert.equal(row.expiresAt, new Date(expiresAt).toISOString())
    await assertErrors(server, alice, [['mute/create', bob.id, 'ALREADY_MUTING']])
    await letEnd(server)
    assertHas(await seen(server, alice, bob), { isMuted: false })
    assert.equal(bodyOf(await server.call('users/relation', { userId: bob.id }, alice))[0].isMuted, false)
    assert.deepEqual(bodyOf(await server.call('mute/list', {}, alice)), [])
    await assertErrors(server, alice, [['mute/delete', bob.id, 'NOT_MUTING']])
    assertEmpty(await server.call('mute/create', { userId: bob.id, expiresAt: null }, alice))
    assertHas(await seen(server, alice, bob), { isMuted: true })
    const [anew] = bodyOf(await server.call('mute/list', {}, alice))
    assert.equal(anew.expiresAt, null)
    assert.ok(anew.id > row.id)
  })

  test('a mute until a moment that is past is none', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const events = listen(server, 'relation')
    for (const expiresAt of [Date.now() - 1, 0, -1]) {
      assertEmpty(await server.call('mute/create', { userId: bob.id, expiresAt }, alice))
      assertHas(await seen(server, alice, bob), { isMuted: false })
    }
    const answer = await server.call('mute/create', { userId: bob.id, expiresAt: 1e15 }, alice)
    assertInvalid(answer, '#/properties/expiresAt/maximum')
    assert.deepEqual(events, [])
    assertEmpty(await server.call('mute/create', { userId: carol.id }, alice))
    const past = { userId: carol.id, expiresAt: Date.now() - 1 }
    assertError(await server.call('mute/create', past, alice), 'mute/create', 'ALREADY_MUTING')
    assertHas(await seen(server, alice, carol), { isMuted: true })
  })

  test('the same mute asked for many times at once is one mute', async () => {
    await using server = await open()
    const { alice, bob } = server
    for (const path of ['mute/create', 'mute/delete', 'renote-mute/create', 'renote-mute/delete']) {
      const calls = Array.from({ length: 4 }, () => server.call(path, { userId: bob.id }, alice))
      const statuses = (await Promise.all(calls)).map(({ status }) => status).sort()
      assert.deepEqual(statuses, [204, 400, 400, 400], path)
    }
  })

  test('mutes that have ended are swept, the others stay', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    await mute(server.ctx, alice.id, bob.id, Date.now() + HOUR)
    await letEnd(server)
    await mute(server.ctx, bob.id, carol.id, Date.now() + HOUR)
    await mute(server.ctx, carol.id, bob.id, null)
    await server.ctx.transact((tx) => deleteExpiredMutes(tx, Date.now()))
    const rows = await server.ctx.db.selectFrom('muting').select('muterId').orderBy('id').execute()
    assert.deepEqual(
      rows.map(({ muterId }) => muterId),
      [bob.id, carol.id],
    )
  })
})
