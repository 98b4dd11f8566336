import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createInvitation } from '../../src/core/create-invitation.ts'
import type { Db } from '../../src/db/database.ts'
import { insertClipNote, leaveClips } from '../../src/db/queries/clip-notes.ts'
import { sendOut } from '../../src/db/queries/fanout.ts'
import { addToNoteCounters, deleteNoteRow, takeNoteId } from '../../src/db/queries/notes.ts'
import { takeTurn } from '../../src/db/queries/turns.ts'
import { HOUR } from '../../src/lib/time.ts'
import { assertEmpty, assertError, bodyOf } from '../api/expect.ts'
import { post } from '../api/note-actions.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { meanwhile } from './meanwhile.ts'

const makeClip = async (server: TestServer, by: Person) => bodyOf(await server.call('clips/create', { name: 'c' }, by))

const notesIn = async (server: TestServer, clipId: string, by: Person) =>
  bodyOf(await server.call('clips/show', { clipId }, by)).notesCount

/** A note as `createNote` writes it, up to where it is sent to the home timelines. */
async function insertAndSend(tx: Db, { ctx }: TestServer, userId: string): Promise<void> {
  const id = await takeNoteId(tx, ctx.ids)
  await sql`insert into "note" ("id", "userId", "visibility", "text", "threadId", "tags", "mentions", "visibleUserIds", "fileIds")
    values (${id}, ${userId}, 'public', 'just now', ${id}, '[]', '[]', '[]', '[]')`.execute(tx)
  await sendOut(tx, { noteId: id, userId, channelId: null }, null)
}

onEachDatabase('two at once', (open) => {
  test('a note that goes while somebody refers to it is not there for them', async () => {
    await using server = await open()
    const { alice, bob } = server
    const { id: clipId } = await makeClip(server, alice)
    for (const [path, params] of [
      ['notes/favorites/create', {}],
      ['clips/add-note', { clipId }],
      ['notes/reactions/create', { reaction: '👍' }],
    ] as const) {
      const { id: noteId } = await post(server, bob, { text: 'soon gone' })
      const answer = await meanwhile(
        server,
        (tx) => deleteNoteRow(tx, noteId),
        () => server.call(path, { ...params, noteId }, alice),
      )
      assertError(answer, path, 'NO_SUCH_NOTE')
    }
    assert.equal(await notesIn(server, clipId, alice), 0)
  })

  test('a note that goes while it comes into a clip, or goes twice, is counted out of the clip once', async () => {
    await using server = await open()
    const { alice, bob } = server
    const { id: clipId } = await makeClip(server, alice)
    const { id: rootId } = await post(server, bob, { text: 'root' })
    const quote = async () => (await post(server, bob, { text: 'quote', renoteId: rootId })).id
    const clipped = await quote()
    const deleted = await meanwhile(
      server,
      (tx) => insertClipNote(tx, clipId, clipped, Date.now()),
      () => server.call('notes/delete', { noteId: clipped }, bob),
    )
    assertEmpty(deleted)
    assert.equal(await notesIn(server, clipId, alice), 0)
    const twice = await quote()
    assertEmpty(await server.call('clips/add-note', { clipId, noteId: twice }, alice))
    const again = await meanwhile(
      server,
      async (tx) => {
        await leaveClips(tx, twice)
        await deleteNoteRow(tx, twice)
      },
      () => server.call('notes/unrenote', { noteId: rootId }, bob),
    )
    assertEmpty(again)
    assert.equal(await notesIn(server, clipId, alice), 0)
  })

  test('a note comes into the home timeline of whoever begins to follow just then', async () => {
    await using server = await open()
    const { alice, bob } = server
    const followed = await meanwhile(
      server,
      (tx) => insertAndSend(tx, server, bob.id),
      () => server.call('following/create', { userId: bob.id }, alice),
    )
    bodyOf(followed)
    const home = bodyOf(await server.call('notes/timeline', {}, alice))
    assert.deepEqual(
      home.map(({ text }: { text: string }) => text),
      ['just now'],
    )
  })

  test('nobody makes more invitations than they may', async () => {
    await using server = await open()
    const { alice, ctx } = server
    const quota = { max: 2, per: HOUR }
    const made = await Promise.all(Array.from({ length: 5 }, () => createInvitation(ctx, alice.id, null, quota)))
    assert.equal(made.filter((one) => one !== 'tooManyInvitations').length, 2)
  })

  test('whoever deletes waits for whoever posts before they hold anything that one needs', async () => {
    await using server = await open()
    const { alice, bob } = server
    const root = await post(server, bob, { text: 'root' })
    const reply = await post(server, alice, { text: 'reply', replyId: root.id })
    const answer = await meanwhile(
      server,
      // As another reply of hers does.
      (tx) => addToNoteCounters(tx, root.id, { replies: 1 }),
      () => server.call('notes/delete', { noteId: reply.id }, alice),
      (tx) => sql`select 1 from "user" where "id" = ${alice.id} for no key update nowait`.execute(tx),
    )
    assertEmpty(answer)
  })

  test('whoever follows tells both in the order in which others do', async () => {
    await using server = await open()
    const [first, second] = [server.alice, server.bob].sort((one, other) => (one.id < other.id ? -1 : 1))
    const answer = await meanwhile(
      server,
      (tx) => takeTurn(tx, `notifications ${first!.id}`),
      () => server.call('following/create', { userId: first!.id }, second!),
      async (tx) => {
        const { rows } = await sql<{ isFree: boolean }>`
          select pg_try_advisory_xact_lock(hashtextextended(${`notifications ${second!.id}`}, 0)) as "isFree"`.execute(
          tx,
        )
        assert.equal(rows[0]?.isFree, true)
      },
    )
    bodyOf(answer)
  })
})
