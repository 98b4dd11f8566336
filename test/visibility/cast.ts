import assert from 'node:assert/strict'
import { changeSettings } from '../../src/core/settings.ts'
import { bodyOf } from '../api/expect.ts'
import type { TestServer } from '../server.ts'
import { type Carrier, carry, leaveTraces, type Secret, writeSecrets } from './secrets.ts'
import type { Reader } from './ways.ts'

export interface Account {
  id: string
  token: string | null
}

/** Somebody who reads, and what they have to read with: a list with the author on it, and antennas. */
export interface Person extends Account {
  listId: string
  byKeyword: string
  byUser: string
}

/** Calls an endpoint that must not fail. */
// biome-ignore lint/suspicious/noExplicitAny: answers of any shape
export type Call = (as: Account, path: string, params: object) => Promise<any>

/** Who is there, and where they write. */
export interface Stage {
  server: TestServer
  call: Call
  people: Readonly<Record<Reader, Person>>
  /** Somebody who is nothing to the author and reads nothing, but quotes and clips. */
  carrier: Account
  /** The note that the author answers, by the reply target. */
  answered: string
  clipId: string
  channelId: string
}

export interface World extends Stage {
  secrets: readonly Secret[]
  carriers: readonly Carrier[]
  // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
  read(as: Reader, path: string, params?: object): Promise<any>
}

/** People who are one thing each to what the author writes, and everything the author has to say. */
export async function gather(server: TestServer): Promise<World> {
  const stage = await set(server)
  const { people, call } = stage
  const secrets = await writeSecrets(stage)
  const carriers = await carry(stage, secrets)
  await leaveTraces(stage, secrets)
  await call(people.formerFollower, 'following/delete', { userId: people.author.id })
  await call(people.author, 'blocking/create', { userId: people.blocked.id })
  const read: World['read'] = (as, path, params = {}) => call(people[as], path, params)
  return { ...stage, secrets, carriers, read }
}

async function set(server: TestServer): Promise<Stage> {
  await changeSettings(server.ctx, { policies: { canSearchNotes: true } })
  const call: Call = async ({ token }, path, params) => {
    const { status, body } = await server.call(path, params, token)
    assert.ok(status === 200 || status === 204, `${path}: ${JSON.stringify(body)}`)
    return body
  }
  const people = await peopleOf(server, call)
  const author = { userId: people.author.id }
  for (const follower of ['follower', 'formerFollower', 'blocked', 'muting'] as const) {
    await call(people[follower], 'following/create', { ...author, withReplies: true })
    await call(people[follower], 'following/update', { ...author, notify: 'normal' })
  }
  await call(people.muting, 'mute/create', author)
  await call(people.blocking, 'blocking/create', author)
  await call(people.author, 'i/update', { publicReactions: true })
  const carrier = await enter(server, 'carrier')
  const clip = await call(carrier, 'clips/create', { name: 'clip', isPublic: true })
  const channel = await call(carrier, 'channels/create', { name: 'channel' })
  const { createdNote } = await call(people.replyTarget, 'notes/create', { text: 'a question' })
  return { server, call, people, carrier, answered: createdNote.id, clipId: clip.id, channelId: channel.id }
}

const enter = async (server: TestServer, username: string): Promise<Account> =>
  bodyOf(await server.call('signup', { username, password: 'a password' }))

async function peopleOf(server: TestServer, call: Call): Promise<Stage['people']> {
  const [mentioned, recipient, answered, former, blocked, blocking, muting] = await Promise.all(
    ['mentioned', 'recipient', 'answered', 'former', 'blocked', 'blocking', 'muting'].map((name) =>
      enter(server, name),
    ),
  )
  const equip = async (account: Account | undefined): Promise<Person> => {
    assert.ok(account)
    const { id, token } = account
    const list = await call(account, 'users/lists/create', { name: 'list' })
    const member = { listId: list.id, userId: server.alice.id }
    await call(account, 'users/lists/push', member)
    await call(account, 'users/lists/update-membership', { ...member, withReplies: true })
    const antenna = async (asked: object) => (await call(account, 'antennas/create', { ...anything, ...asked })).id
    const byKeyword = await antenna({ keywords: [['secret']] })
    const byUser = await antenna({ src: 'users', users: ['alice'], keywords: [['@mentioned']] })
    return { id, token, listId: list.id, byKeyword, byUser }
  }
  return {
    author: await equip(server.alice),
    follower: await equip(server.bob),
    stranger: await equip(server.carol),
    moderator: await equip(server.admin),
    mentioned: await equip(mentioned),
    recipient: await equip(recipient),
    replyTarget: await equip(answered),
    formerFollower: await equip(former),
    blocked: await equip(blocked),
    blocking: await equip(blocking),
    muting: await equip(muting),
    anonymous: { id: '', token: null, listId: '', byKeyword: '', byUser: '' },
  }
}

const anything = {
  ...{ name: 'antenna', src: 'all', users: [], excludeKeywords: [[]] },
  ...{ caseSensitive: false, withReplies: true, withFile: false },
}
