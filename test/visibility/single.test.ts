import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertError, bodyOf } from '../api/expect.ts'
import { makePerson } from '../api/relations.ts'
import { onEachDatabase } from '../server.ts'
import { gather, type World } from './cast.ts'
import { assertForm, assertSilent, formOf } from './forms.ts'
import type { Secret } from './secrets.ts'
import { everybody, mayRead, type Reader } from './ways.ts'

/** Who does not get lists of what has to do with the author. */
const isHindered = (reader: Reader) => reader === 'blocked' || reader === 'muting'

/** A note by itself, and what leads to it: what it answers and what answers it, renotes of it, clips with it. */
async function lookAt(world: World, secret: Secret, reader: Reader): Promise<void> {
  const { read, carriers, clipId } = world
  const cell = `${secret.says} for ${reader}`
  const form = mayRead(secret, reader) ? 'there' : 'hidden'
  const noteId = secret.id

  const shown = await read(reader, 'notes/show', { noteId })
  assert.equal(formOf(shown), form, cell)
  assert.equal('poll' in shown, form === 'there', `${cell}: poll`)
  assertForm(shown, secret, cell)

  const listed: string[] = []
  for (const { id, name, path, isDirect } of carriers.filter((carrier) => carrier.secret === secret)) {
    const carried = await read(reader, 'notes/show', { noteId: id })
    const isOut = isDirect && reader === 'anonymous'
    assert.equal(formOf(carried), isOut ? 'hidden' : 'there', `${cell}: the ${name}`)
    const nested = path.reduce((note, step) => note[step], carried)
    assert.equal(nested.id, noteId)
    assert.equal(formOf(nested), form, `${cell}: in the ${name}`)
    assertForm(nested, secret, `${cell}: in the ${name}`)
    if (form === 'hidden') assertSilent(carried, secret, `${cell}: the whole ${name}`)
    if (path.length === 1 && !isHindered(reader) && !isOut) listed.push(id)
    if (name === 'reply') {
      const conversation = await read(reader, 'notes/conversation', { noteId: id })
      assert.deepEqual(
        conversation.map((note: { id: string }) => note.id),
        [noteId, world.answered],
      )
      assert.equal(formOf(conversation[0]), form, `${cell}: conversation`)
      assertForm(conversation[0], secret, `${cell}: conversation`)
    }
  }

  const around: string[] = []
  for (const path of ['notes/replies', 'notes/children', 'notes/renotes']) {
    const notes = await read(reader, path, { noteId, limit: 100 })
    if (form === 'hidden') assertSilent(notes, secret, `${cell}: ${path}`)
    around.push(...notes.map((note: { id: string }) => note.id))
  }
  assert.deepEqual(new Set(around), new Set(listed), `${cell}: what is around it`)

  const reactions = await read(reader, 'notes/reactions', { noteId })
  assert.equal(reactions.length, form === 'there' ? 1 : 0, `${cell}: reactions`)
  const clips = await read(reader, 'notes/clips', { noteId })
  assert.deepEqual(
    clips.map((clip: { id: string }) => clip.id),
    [clipId],
    `${cell}: clips`,
  )
  assertSilent(clips, secret, `${cell}: clips`)
}

const open = ({ visibility }: Secret) => visibility === 'public' || visibility === 'home'

onEachDatabase('a note by itself', (openServer) => {
  test('and in what carries it says all to whoever may see it, and nothing to anyone else', async () => {
    await using server = await openServer({ settings: { registration: 'open' } })
    const world = await gather(server)
    for (const reader of everybody) {
      for (const secret of world.secrets) await lookAt(world, secret, reader)
      const noteIds = world.secrets.map(({ id }) => id)
      const counts = await world.read(reader, 'notes/show-partial-bulk', { noteIds })
      assert.deepEqual(
        counts.map((one: { id: string }) => one.id),
        noteIds,
      )
      for (const secret of world.secrets) assertSilent(counts, secret, `counts of ${secret.says} for ${reader}`)
    }

    // Hashtags are known from what anyone may read.
    for (const secret of world.secrets) {
      const tag = secret.says.replaceAll('-', '')
      const isKnown = open(secret)
      assert.equal((await server.call('hashtags/show', { tag })).status, isKnown ? 200 : 400, tag)
      assert.deepEqual(bodyOf(await server.call('hashtags/search', { query: tag })), isKnown ? [tag] : [])
    }
    for (const [path, params] of Object.entries({
      'hashtags/list': { sort: '+mentionedUsers' },
      'hashtags/trend': {},
    })) {
      for (const secret of world.secrets) {
        if (!open(secret)) assertSilent(bodyOf(await server.call(path, params)), secret, `${path}: ${secret.says}`)
      }
    }

    await makePerson(server, server.alice, { requireSigninToViewContents: true })
    server.ctx.bus.publish({ type: 'user', id: server.alice.id })
    for (const secret of world.secrets) {
      assertError(await server.call('notes/show', { noteId: secret.id }), 'notes/show', 'CONTENT_RESTRICTED_BY_USER')
    }
    for (const { id, name, secret, path } of world.carriers) {
      const answer = await server.call('notes/show', { noteId: id })
      // What the author carries themselves is restricted as well.
      if (answer.status === 400) assertError(answer, 'notes/show', 'CONTENT_RESTRICTED_BY_USER')
      else assert.equal(formOf(path.reduce((note, step) => note[step], answer.body)), 'hidden', `in the ${name}`)
      assertSilent(answer.body, secret, `${secret.says} in the ${name}`)
    }
  })
})
