import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makePerson } from '../api/relations.ts'
import { onEachDatabase } from '../server.ts'
import { gather, type World } from './cast.ts'
import { assertForm, assertSilent, formOf } from './forms.ts'
import { forPeople, lists } from './lists.ts'
import type { Secret } from './secrets.ts'
import { everybody, type Form, isHeld, mayRead, type Reader, type Way, ways } from './ways.ts'

/** What has become of the author since the notes were written. */
type State = 'as written' | 'sign-in required' | 'hidden by age' | 'followers only by age' | 'suspended'

/** How a list gives a note to a reader, by the table and by what the contract says of the list. */
function expectedForm(way: Way, secret: Secret, asking: Reader, state: State): Form {
  const reader = way.as ?? asking
  if (!isHeld(way, secret, reader)) return 'absent'
  if (state === 'suspended' && way.suspended !== 'there') return 'absent'
  if (!mayRead(secret, reader)) return way.unreadable ?? 'absent'
  if (reader === 'author') return 'there'
  if (state === 'sign-in required' && reader === 'anonymous') return way.signin ?? 'hidden'
  if (state === 'hidden by age') return way.withheld ?? 'hidden'
  const isNarrowed = state === 'followers only by age' && !mayRead({ ...secret, visibility: 'followers' }, reader)
  return isNarrowed && mayRead({ ...secret, visibility: 'public' }, reader) && isOpen(secret)
    ? (way.withheld ?? 'hidden')
    : 'there'
}

const isOpen = ({ visibility }: Secret) => visibility === 'public' || visibility === 'home'

// biome-ignore lint/suspicious/noExplicitAny: answers of any shape
type Json = any

/** The notes of an answer, each by itself. */
function notesIn(path: string, body: Json): Json[] {
  if (path === 'users/show') return body.pinnedNotes
  return body.flatMap((row: Json) => ('user' in row && 'text' in row ? row : (row.note ?? [])))
}

/** Every list to every reader: what each holds of the secrets, and that it tells of no other. */
async function walk(world: World, state: State, readers: readonly Reader[]): Promise<void> {
  for (const reader of readers) {
    for (const [name, paramsOf] of Object.entries(lists)) {
      if (reader === 'anonymous' && forPeople.has(name)) continue
      // Their page is gone, and what is on it.
      if (state === 'suspended' && name === 'users/show') continue
      const [path = ''] = name.split(' ')
      const limit = path === 'users/show' ? {} : { limit: 100 }
      const body = await world.read(reader, path, { ...paramsOf(world, world.people[reader]), ...limit })
      const way = ways.get(name)!
      for (const secret of world.secrets) {
        if ((secret.kind === 'channel') !== (way.of === 'channel')) continue
        const cell = `${name}: ${secret.says} for ${reader}, ${state}`
        const expected = expectedForm(way, secret, reader, state)
        const given: Json = notesIn(path, body).find(({ id }) => id === secret.id)
        assert.equal(formOf(given), expected, cell)
        if (given) assertForm(given, secret, cell)
        if (!mayReadNow(way, secret, reader, state)) assertSilent(body, secret, cell)
      }
    }
  }
}

/** Whether a reader may see it anywhere. */
function mayReadNow(way: Way, secret: Secret, asking: Reader, state: State): boolean {
  const reader = way.as ?? asking
  if (reader === 'author') return true
  if (!mayRead(secret, reader) || state === 'hidden by age') return false
  if (state === 'sign-in required') return reader !== 'anonymous'
  return state !== 'followers only by age' || !isOpen(secret) || mayRead({ ...secret, visibility: 'followers' }, reader)
}

const aMoment = () => Math.floor(Date.now() / 1000) + 60

onEachDatabase('lists of notes', (open) => {
  test('hold what their readers may see and the contract says, and tell of nothing else', async () => {
    await using server = await open({ settings: { registration: 'open' } })
    const world = await gather(server)
    await walk(world, 'as written', everybody)
    const become = async (changes: Parameters<typeof makePerson>[2]) => {
      await makePerson(server, server.alice, changes)
      server.ctx.bus.publish({ type: 'user', id: server.alice.id })
    }
    await become({ requireSigninToViewContents: true })
    await walk(world, 'sign-in required', ['stranger', 'anonymous'])
    await become({ requireSigninToViewContents: false, makeNotesFollowersOnlyBefore: aMoment() })
    await walk(world, 'followers only by age', ['author', 'follower', 'mentioned', 'blocking', 'anonymous'])
    await become({ makeNotesFollowersOnlyBefore: null, makeNotesHiddenBefore: aMoment() })
    await walk(world, 'hidden by age', ['author', 'follower', 'recipient', 'replyTarget', 'anonymous'])
    await become({ makeNotesHiddenBefore: null, isSuspended: true })
    await walk(world, 'suspended', ['follower', 'recipient', 'moderator', 'anonymous'])
  })
})
