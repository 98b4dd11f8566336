import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { call } from '../server.ts'
import { firstAccount, folder, type Program, startProgram } from './program.ts'

const CONNECTIONS = 20
const ROUNDS = 5

/** Posts notes from many connections and kills the program in the middle of it; ids of the notes that were answered. */
async function stormAndKill(program: Program, token: string): Promise<string[]> {
  const answered: string[] = []
  const enough = randomInt(30, 400)
  const connection = async (): Promise<void> => {
    for (;;) {
      const answer = await call(program.origin, 'notes/create', { text: 'a note', i: token }, null).catch(() => null)
      // The connection broke: the program is dead, and nobody knows about this note.
      if (!answer) return
      assert.equal(answer.status, 200)
      answered.push(answer.body.createdNote.id)
      // Some time later, in the middle of whatever is going on then.
      if (answered.length === enough) setTimeout(() => program.kill('SIGKILL'), randomInt(10))
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection))
  const { signal } = await program.ended
  assert.equal(signal, 'SIGKILL')
  return answered
}

function inspect(data: string) {
  using database = new DatabaseSync(join(data, 'mamekey.sqlite'))
  return {
    integrity: database.prepare('pragma integrity_check').all(),
    orphans: database.prepare('pragma foreign_key_check').all(),
    ids: new Set(
      database
        .prepare('select id from note')
        .all()
        .map((row) => String(row['id'])),
    ),
    counted: database.prepare('select "notesCount" from "user"').get()!['notesCount'],
  }
}

test('killed at any moment, the server keeps every note it answered', { timeout: 90_000 }, async () => {
  using data = folder()
  const kept: string[] = []
  let token: string | undefined
  for (let round = 1; round <= ROUNDS; round++) {
    await using program = await startProgram(data.path)
    assert.match(program.stdout(), /^Mamekey is ready at http:\/\/localhost:[1-9]\d+\n/)
    token ??= await firstAccount(program.origin)
    const me = await call(program.origin, 'i', {}, token)
    assert.equal(me.status, 200, 'an account that was answered is there')
    assert.equal(me.body.notesCount, inspect(data.path).ids.size)
    kept.push(...(await stormAndKill(program, token)))

    const { integrity, orphans, ids, counted } = inspect(data.path)
    assert.deepEqual(
      integrity.map((row) => ({ ...row })),
      [{ integrity_check: 'ok' }],
    )
    assert.deepEqual(orphans, [])
    const lost = kept.filter((id) => !ids.has(id))
    assert.deepEqual(lost, [], `round ${round}: ${lost.length} of ${kept.length} are lost`)
    assert.equal(counted, ids.size)
    // At most what was under way when it died.
    assert.ok(ids.size - kept.length <= CONNECTIONS * round, `${ids.size} notes, ${kept.length} answered`)
  }
  await using program = await startProgram(data.path)
  const latest = kept.toSorted().at(-1)!
  const { status, body } = await call(program.origin, 'notes/create', { text: 'after it all' }, token!)
  assert.equal(status, 200)
  assert.ok(body.createdNote.id > latest, 'ids go on rising')
})
