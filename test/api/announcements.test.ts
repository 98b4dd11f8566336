import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BusEvent } from '../../src/bus/bus.ts'
import { lowestIdAt } from '../../src/lib/id.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertEmpty, assertHas, assertShape, bodyOf } from './expect.ts'

/** Makes an announcement; its id has the given time. */
async function announce(server: TestServer, title: string, time: number, more: object = {}): Promise<string> {
  const id = `${lowestIdAt(time)}00000000`
  const row = { id, title, text: 'news', imageUrl: null, updatedAt: null, userId: null, ...more }
  await server.ctx.transact((tx) => tx.insertInto('announcement').values(row).execute())
  return id
}

const titles = async (server: TestServer, as: Person | null, params: object = {}) =>
  bodyOf(await server.call('announcements', params, as)).map(({ title }: { title: string }) => title)

onEachDatabase('announcements', (open) => {
  test('everyone sees those for all, and each their own, latest first', async () => {
    await using server = await open()
    const { alice, bob } = server
    const time = Date.UTC(2026, 0, 1)
    const all = await announce(server, 'all', time, { display: 'banner', needConfirmationToRead: true })
    const mine = await announce(server, 'for bob', time + 1, { userId: bob.id, updatedAt: time + 5 })
    await announce(server, 'over', time + 2, { isActive: false })
    assert.deepEqual(await titles(server, null), ['all'])
    assert.deepEqual(await titles(server, alice), ['all'])
    assert.deepEqual(await titles(server, bob), ['for bob', 'all'])
    assert.deepEqual(await titles(server, bob, { isActive: false }), ['over'])
    assert.deepEqual(await titles(server, bob, { limit: 1 }), ['for bob'])
    assert.deepEqual(await titles(server, bob, { untilId: mine }), ['all'])
    assert.deepEqual(await titles(server, bob, { sinceId: all }), ['for bob'])
    assert.deepEqual(await titles(server, bob, { sinceDate: time }), ['all', 'for bob'])

    const [own, common] = bodyOf(await server.call('announcements', {}, bob))
    assert.deepEqual(common, {
      id: all,
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: null,
      title: 'all',
      text: 'news',
      imageUrl: null,
      icon: 'info',
      display: 'banner',
      needConfirmationToRead: true,
      silence: false,
      forYou: false,
      isRead: false,
    })
    assertHas(own, { forYou: true, updatedAt: '2026-01-01T00:00:00.005Z' })
    const [anonymous] = bodyOf(await server.call('announcements'))
    assertShape(anonymous, 'Announcement')
    assertHas(anonymous, { isRead: 'absent', forYou: false })
  })

  test('a person is told of what they have not read and what is meant for them', async () => {
    await using server = await open()
    const { alice, bob } = server
    const now = Date.now()
    const [past, future] = [now - 86_400_000, now + 86_400_000]
    const unread = async (as: Person) => {
      const { unreadAnnouncements, hasUnreadAnnouncement } = bodyOf(await server.call('i', {}, as))
      assert.equal(hasUnreadAnnouncement, unreadAnnouncements.length > 0)
      for (const one of unreadAnnouncements) assertShape(one, 'Announcement')
      return unreadAnnouncements.map(({ title }: { title: string }) => title)
    }
    assert.deepEqual(await unread(alice), [])
    const read = await announce(server, 'read', past)
    await announce(server, 'old', past + 1)
    await announce(server, 'before her time', past + 2, { forExistingUsers: true })
    await announce(server, 'silent', past + 3, { silence: true })
    await announce(server, 'over', past + 4, { isActive: false })
    await announce(server, 'for bob', past + 5, { userId: bob.id })
    await announce(server, 'for existing people', future, { forExistingUsers: true })
    await server.ctx.transact((tx) =>
      tx.insertInto('announcementRead').values({ userId: alice.id, announcementId: read }).execute(),
    )
    assert.deepEqual(await unread(alice), ['for existing people', 'old'])
    assert.deepEqual(await unread(bob), ['for existing people', 'for bob', 'old', 'read'])
    const seen = bodyOf(await server.call('announcements', { limit: 100 }, alice))
    const readOnes = seen.filter(({ isRead }: { isRead: boolean }) => isRead)
    assert.deepEqual(
      readOnes.map(({ id }: { id: string }) => id),
      [read],
    )
  })

  test('are read once, by those they are for; the last one is told of', async () => {
    await using server = await open()
    const { ctx, alice, bob } = server
    const events: BusEvent[] = []
    ctx.bus.subscribe((event) => void (event.type === 'announcementsRead' && events.push(event)))
    const past = Date.now() - 86_400_000
    const one = await announce(server, 'one', past)
    const two = await announce(server, 'two', past + 1)
    const ofBob = await announce(server, 'for bob', past + 2, { userId: bob.id })
    const read = async (announcementId: string) =>
      assertEmpty(await server.call('i/read-announcement', { announcementId }, alice))
    const unread = async (as: Person) => bodyOf(await server.call('i', {}, as)).unreadAnnouncements.length
    for (const id of [one, one, ofBob, 'aaaaaaaaaaaaaaaa']) await read(id)
    assert.deepEqual([await unread(alice), await unread(bob), events], [1, 3, []])
    await read(two)
    await read(two)
    assert.deepEqual([await unread(alice), await unread(bob)], [0, 3])
    assert.deepEqual(events, [{ type: 'announcementsRead', userId: alice.id }])
  })
})
