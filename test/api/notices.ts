import assert from 'node:assert/strict'
import type { Person, TestServer } from '../server.ts'
import { bodyOf, fixture } from './expect.ts'

export interface NoticeFacts {
  /** The keys of each type. */
  shapes: Record<string, string>
  ofNotes: { name: string; note: object; tells: string[] }[]
  ofNotesToFollowers: NoticeFacts['ofNotes']
  config: { from: string; bob: boolean; carol: boolean; admin: boolean }[]
}

export const facts = fixture<NoticeFacts>('notifications')

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
export type Shown = any

export const post = async (server: TestServer, params: object, as: Person): Promise<string> =>
  bodyOf(await server.call('notes/create', params, as)).createdNote.id

/** A page of what somebody was told, without reading it; each has the keys of its type. */
export async function toldTo(
  server: TestServer,
  person: Person,
  params: object = {},
  path: 'i/notifications' | 'i/notifications-grouped' = 'i/notifications',
): Promise<Shown[]> {
  const shown = bodyOf(await server.call(path, { limit: 100, markAsRead: false, ...params }, person))
  for (const one of shown) {
    assert.deepEqual(Object.keys(one).sort(), facts.shapes[one.type]?.split(' ').sort(), one.type)
    assert.equal(one.user?.id, one.userId)
  }
  return shown
}

export const typesTold = async (server: TestServer, person: Person, params: object = {}): Promise<string[]> =>
  (await toldTo(server, person, params)).map(({ type }) => type)

export const forget = async (server: TestServer, person: Person): Promise<void> => {
  assert.equal((await server.call('notifications/flush', {}, person)).status, 204)
}

export const unreadOf = async (server: TestServer, person: Person): Promise<number> => {
  const { unreadNotificationsCount, hasUnreadNotification } = bodyOf(await server.call('i', {}, person))
  assert.equal(hasUnreadNotification, unreadNotificationsCount > 0)
  return unreadNotificationsCount
}
