import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeRole } from '../api/roles.ts'
import { onEachDatabase } from '../server.ts'
import { gather, type World } from './cast.ts'
import { assertForm, assertSilent, formOf } from './forms.ts'
import { everybody, mayRead, type Reader } from './ways.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers of any shape
type Json = any

/** The author's page, wherever it is in an answer. */
function pagesIn(answer: Json, authorId: string): Json[] {
  if (typeof answer !== 'object' || answer === null) return []
  const within = Object.values(answer).flatMap((part) => pagesIn(part, authorId))
  return answer.id === authorId && 'pinnedNotes' in answer ? [answer, ...within] : within
}

/** Every place where people are shown with what they have pinned, and who is shown the author there. */
async function placesOf({ server, people, carrier, call }: World): Promise<[string, object, readonly Reader[]][]> {
  const { author } = people
  await call(carrier, 'following/create', { userId: author.id })
  await call(author, 'following/create', { userId: carrier.id })
  await call(author, 'i/update', { description: '#gardener' })
  const roleId = await makeRole(server)
  await call(server.admin, 'admin/roles/assign', { roleId, userId: author.id })
  await call(people.follower, 'renote-mute/create', { userId: author.id })
  const free = everybody.filter((reader) => !['blocked', 'blocking', 'muting'].includes(reader))
  return [
    ['users/show', { userIds: [author.id] }, everybody],
    ['users/show', { username: 'alice' }, everybody],
    ['users', { sort: '+createdAt', limit: 100 }, free],
    ['users/search', { query: 'alice' }, free],
    ['users/search-by-username-and-host', { username: 'alice' }, free],
    ['users/followers', { userId: carrier.id }, everybody],
    ['users/following', { userId: carrier.id }, everybody],
    ['hashtags/users', { tag: 'gardener', sort: '+follower' }, everybody],
    ['roles/users', { roleId }, everybody],
    ['mute/list', {}, ['muting']],
    ['blocking/list', {}, ['blocking']],
    ['renote-mute/list', {}, ['follower']],
    ['blocking/create', { userId: author.id }, ['stranger']],
    ['blocking/delete', { userId: author.id }, ['stranger']],
  ]
}

onEachDatabase('pinned notes', (open) => {
  test('come with their author as far as the reader may see them, wherever people are shown', async () => {
    await using server = await open({ settings: { registration: 'open' } })
    const world = await gather(server)
    const pinned = world.secrets.filter(({ kind }) => kind === 'answer')
    for (const [path, params, readers] of await placesOf(world)) {
      for (const reader of readers) {
        const answer = await world.read(reader, path, params)
        const pages = pagesIn(answer, world.people.author.id)
        assert.ok(pages.length > 0, `${path} for ${reader}`)
        for (const secret of pinned) {
          const cell = `${path}: ${secret.says} for ${reader}`
          for (const page of pages) {
            const note = page.pinnedNotes.find(({ id }: { id: string }) => id === secret.id)
            assert.equal(formOf(note), mayRead(secret, reader) ? 'there' : 'hidden', cell)
            assertForm(note, secret, cell)
          }
          if (!mayRead(secret, reader)) assertSilent(answer, secret, cell)
        }
      }
    }
  })

  test('in a channel are those the reader may see', async () => {
    await using server = await open({ settings: { registration: 'open' } })
    const world = await gather(server)
    const pinnedNoteIds = world.secrets.map(({ id }) => id)
    await world.call(world.carrier, 'channels/update', { channelId: world.channelId, pinnedNoteIds })
    for (const reader of everybody) {
      const { pinnedNotes } = await world.read(reader, 'channels/show', { channelId: world.channelId })
      for (const secret of world.secrets) {
        const note = pinnedNotes.find(({ id }: { id: string }) => id === secret.id)
        assert.equal(formOf(note), mayRead(secret, reader) ? 'there' : 'absent', `${secret.says} for ${reader}`)
        if (!note) assertSilent(pinnedNotes, secret, `${secret.says} for ${reader}`)
      }
    }
  })
})
