import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDatabase } from '../../src/db/open.ts'
import { mamekey, running } from '../cli/program.ts'
import { call } from '../server.ts'
import { findPlace, folder, makeAccount, onEachDatabase, type Place } from './place.ts'

const CONNECTIONS = 20
/** Notes that are there before the backup begins. */
const HEAD_START = 200

onEachDatabase('A backup', (name) => {
  test('taken in a storm of writes has everything answered before, and nothing by halves', async () => {
    await using from = await findPlace(name)
    await using to = await findPlace(name)
    using archives = folder()
    const file = join(archives.path, 'backup.tar')
    const answeredBefore: string[] = []
    let owner: string
    {
      await using server = await running('start', [...from.flags, '--rate-limits', 'off'])
      const { token } = await makeAccount(server.origin, 'owner')
      const friend = await makeAccount(server.origin, 'friend', token)
      owner = token
      const first = await call(server.origin, 'notes/create', { text: 'first' }, token)
      const answered: string[] = [first.body.createdNote.id]
      const headStart = Promise.withResolvers<void>()
      let isOver = false
      const write = async (connection: number) => {
        for (let at = connection; !isOver; at++) {
          const { status, body } = await call(server.origin, 'notes/create', note(at, friend.id, answered[0]!), token)
          assert.equal(status, 200, JSON.stringify(body))
          answered.push(body.createdNote.id)
          if (answered.length === HEAD_START) headStart.resolve()
        }
      }
      const storm = Promise.all(Array.from({ length: CONNECTIONS }, (_, connection) => write(connection)))
      await Promise.race([headStart.promise, storm])
      answeredBefore.push(...answered)
      const made = await mamekey(['backup', file, ...from.flags])
      const answeredDuring = answered.length - answeredBefore.length
      isOver = true
      await storm
      assert.equal(made.code, 0, made.err)
      assert.ok(answeredDuring > CONNECTIONS, `only ${answeredDuring} writes were answered during the backup`)
    }

    const restored = await mamekey(['restore', file, ...to.flags])
    assert.equal(restored.code, 0, restored.err)
    await using server = await running('start', to.flags)
    for (const noteId of answeredBefore) {
      assert.equal((await call(server.origin, 'notes/show', { noteId }, owner)).status, 200, noteId)
    }
    await assertWhole(to)
  })
})

/** Notes of every kind that has rows in other tables. */
function note(at: number, friend: string, replyId: string): object {
  const kinds = [
    { text: `specified ${at}`, visibility: 'specified', visibleUserIds: [friend] },
    { text: `poll ${at}`, poll: { choices: ['yes', 'no'] } },
    { text: `@friend look, a #storm ${at}` },
    { text: `reply ${at}`, replyId },
  ]
  return kinds[at % kinds.length]!
}

async function assertWhole({ database, data }: Place): Promise<void> {
  const opened = await openDatabase(database, data, (error) => {
    throw error
  })
  try {
    const { db } = opened
    const notes = await db.selectFrom('note').selectAll().execute()
    const addressees = Map.groupBy(await db.selectFrom('noteAddressee').selectAll().execute(), (row) => row.noteId)
    const choices = Map.groupBy(await db.selectFrom('pollChoice').selectAll().execute(), (row) => row.noteId)
    const polls = new Set((await db.selectFrom('poll').select('noteId').execute()).map((row) => row.noteId))
    for (const { id, visibleUserIds, mentions, hasPoll, repliesCount } of notes) {
      const people = (addressees.get(id) ?? []).map(({ userId }) => userId).sort()
      assert.deepEqual(people, [...new Set([...visibleUserIds, ...mentions])].sort(), id)
      assert.equal(polls.has(id), hasPoll)
      assert.equal((choices.get(id) ?? []).length, hasPoll ? 2 : 0)
      assert.equal(repliesCount, notes.filter(({ replyId }) => replyId === id).length)
    }
    const { notesCount } = await db
      .selectFrom('user')
      .where('usernameLower', '=', 'owner')
      .select('notesCount')
      .executeTakeFirstOrThrow()
    assert.equal(notesCount, notes.length)
    assert.ok(polls.size > 0 && addressees.size > 0)
  } finally {
    await opened.close()
  }
}
