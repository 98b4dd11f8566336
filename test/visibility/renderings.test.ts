import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { visibleAmong } from '../../src/db/queries/note-relations.ts'
import { visible } from '../../src/db/queries/visible-notes.ts'
import { toJson } from '../../src/db/schema/json.ts'
import { type Relation as Known, maySee } from '../../src/lib/visibility.ts'
import { onEachDatabase, type TestServer } from '../server.ts'
import { cells, type Relation, visibilities } from './cells.ts'

const PEOPLE = 4

/** A small world: who follows whom, and notes with whom they concern; people by number. */
const worlds = fc.record({
  follows: fc.uniqueArray(
    fc.record({ by: fc.nat(PEOPLE - 1), of: fc.nat(PEOPLE - 1) }).filter(({ by, of }) => by !== of),
    { selector: ({ by, of }) => `${by} ${of}`, maxLength: 6 },
  ),
  notes: fc.array(
    fc.record({
      author: fc.nat(PEOPLE - 1),
      visibility: fc.constantFrom(...visibilities),
      answers: fc.option(fc.nat(PEOPLE - 1)),
      mentions: fc.uniqueArray(fc.nat(PEOPLE - 1), { maxLength: 3 }),
      recipients: fc.uniqueArray(fc.nat(PEOPLE - 1), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 8 },
  ),
})

type World = ReturnType<typeof worlds.generate>['value']
type WorldNote = World['notes'][number]

/** Only direct notes have recipients, and a direct reply goes to whom it answers. */
const recipientsOf = ({ visibility, recipients, answers }: WorldNote): Set<number> =>
  new Set(visibility === 'specified' ? [...recipients, ...(answers === null ? [] : [answers])] : [])

function relationsOf({ follows }: World, note: WorldNote, viewer: number | null): Relation[] {
  if (viewer === null) return ['anonymous']
  const held: Record<string, boolean> = {
    author: note.author === viewer,
    follower: follows.some(({ by, of }) => by === viewer && of === note.author),
    mentioned: note.mentions.includes(viewer),
    recipient: recipientsOf(note).has(viewer),
    replyTarget: note.answers === viewer,
    stranger: true,
  }
  return (Object.keys(held) as Relation[]).filter((relation) => held[relation])
}

async function plant(server: TestServer, people: readonly string[], { follows, notes }: World) {
  const rows = notes.map((note) => ({ ...note, id: server.ctx.ids.next() }))
  await server.ctx.transact(async (tx) => {
    await tx.deleteFrom('note').execute()
    await tx.deleteFrom('following').execute()
    for (const { by, of } of follows) {
      const pair = { followerId: people[by]!, followeeId: people[of]! }
      await tx
        .insertInto('following')
        .values({ id: server.ctx.ids.next(), ...pair })
        .execute()
    }
    for (const note of rows) {
      const { id, author, visibility, answers } = note
      await tx
        .insertInto('note')
        .values({
          id,
          userId: people[author]!,
          visibility,
          text: 'x',
          cw: null,
          localOnly: false,
          reactionAcceptance: null,
          replyId: answers === null ? null : 'aaaaaaaaaaaaaaaa',
          replyUserId: answers === null ? null : people[answers]!,
          renoteId: null,
          renoteUserId: null,
          renoteReplyUserId: null,
          renoteRenoteUserId: null,
          channelId: null,
          threadId: id,
          isPureRenote: false,
          tags: toJson([]),
          mentions: toJson([]),
          visibleUserIds: toJson([]),
          fileIds: toJson([]),
          hasFiles: false,
          hasPoll: false,
        })
        .execute()
      const recipients = recipientsOf(note)
      for (const one of new Set([...note.mentions, ...recipients])) {
        const addressee = { isMentioned: note.mentions.includes(one), isRecipient: recipients.has(one) }
        await tx
          .insertInto('noteAddressee')
          .values({ noteId: id, userId: people[one]!, ...addressee })
          .execute()
      }
    }
  })
  return rows
}

onEachDatabase('the two renderings of visibility', (open) => {
  test('agree with one another and with the table, for any notes and any relations', async () => {
    await using server = await open()
    const people = [server.alice, server.bob, server.carol, server.admin].map(({ id }) => id)
    const check = async (world: World) => {
      const planted = await plant(server, people, world)
      const rows = await server.ctx.db.selectFrom('note').selectAll().execute()
      for (const viewer of [null, ...people.keys()]) {
        const id = viewer === null ? null : people[viewer]!
        const allowed = planted.filter((note) =>
          relationsOf(world, note, viewer).some((relation) => cells[note.visibility][relation]),
        )
        const expected = allowed.map((note) => note.id).sort()
        const listed = await server.ctx.db
          .selectFrom('note')
          .select('id')
          .where(visible(id === null ? null : sql`${id}`))
          .orderBy('id')
          .execute()
        assert.deepEqual(
          listed.map((row) => row.id),
          expected,
          `the list, for ${viewer}`,
        )
        const single = await visibleAmong(server.ctx.db, id, rows)
        assert.deepEqual([...single].sort(), expected, `the function, for ${viewer}`)
      }
    }
    await fc.assert(fc.asyncProperty(worlds, check), { numRuns: 60 })
  })
})

test('the function for one note says what the table says of each relation', () => {
  for (const visibility of visibilities) {
    for (const [relation, allowed] of Object.entries(cells[visibility])) {
      // A direct reply is addressed to whom it answers: being answered alone shows nothing.
      const held = visibility === 'specified' && relation === 'replyTarget' ? ['replyTarget', 'recipient'] : [relation]
      assert.equal(maySee(visibility, new Set(held as Known[])), allowed, `${visibility} for ${relation}`)
    }
    assert.equal(maySee(visibility, new Set()), cells[visibility].anonymous)
  }
})
