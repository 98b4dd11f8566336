import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { createIds } from '../../src/lib/id.ts'
import { until } from '../jobs/waiting.ts'
import { call } from '../server.ts'
import { firstAccount, folder, startProgram } from './program.ts'

const FOLLOWERS = 3000

const open = (data: string) => new DatabaseSync(join(data, 'mamekey.sqlite'), { timeout: 5000 })

function addFollowers(data: string): void {
  using database = open(data)
  const { id: author } = database.prepare('select "id" from "user"').get()!
  const ids = createIds()
  const user = database.prepare(
    `insert into "user" ("id", "username", "usernameLower", "fields", "alsoKnownAs") values (?, ?, ?, '[]', '[]')`,
  )
  const follow = database.prepare('insert into "following" ("id", "followerId", "followeeId") values (?, ?, ?)')
  database.exec('begin')
  for (let number = 0; number < FOLLOWERS; number++) {
    const id = ids.next()
    user.run(id, id, id)
    follow.run(ids.next(), id, author!)
  }
  database.exec('commit')
}

function countOf(data: string, table: 'home' | 'fanout'): number {
  using database = open(data)
  return Number(database.prepare(`select count(*) as "count" from "${table}"`).get()!['count'])
}

test('killed while it sends a note to many, the server goes on with it when it is started again', async () => {
  using data = folder()
  let token = ''
  {
    await using program = await startProgram(data.path)
    token = await firstAccount(program.origin)
    addFollowers(data.path)
    assert.equal((await call(program.origin, 'notes/create', { text: 'to many' }, token)).status, 200)
    program.kill('SIGKILL')
    await program.ended
  }
  assert.equal(countOf(data.path, 'fanout'), 1, 'there is something left to do')
  await using _ = await startProgram(data.path)
  await until(() => countOf(data.path, 'fanout') === 0)
  assert.equal(countOf(data.path, 'home'), FOLLOWERS + 1)
})
