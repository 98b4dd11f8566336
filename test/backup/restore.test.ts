import assert from 'node:assert/strict'
import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { openDialect } from '../../src/db/open.ts'
import { openArchive } from '../../src/lib/archive/read.ts'
import { verifyArchive } from '../../src/lib/archive/verify.ts'
import { writeArchive } from '../../src/lib/archive/write.ts'
import { upload } from '../api/drive.ts'
import { mamekey, running } from '../cli/program.ts'
import { missing } from '../require.ts'
import { call, type DatabaseName } from '../server.ts'
import { findPlace, folder, makeAccount, onEachDatabase, type Place } from './place.ts'

/** Makes a server with one account, one note and one file, and a backup of it. */
async function backedUp(place: Place, file: string): Promise<{ token: string; noteId: string; path: string }> {
  await using server = await running('start', place.flags)
  const { token } = await makeAccount(server.origin, 'owner')
  const text = 'あいう 😀 \\ "quoted"\nsecond line'
  const { body } = await call(server.origin, 'notes/create', { text }, token)
  const stored = await upload(server, token, { content: 'a file '.repeat(300_000) })
  const made = await mamekey(['backup', file, ...place.flags])
  assert.equal(made.code, 0, made.err)
  assert.match(made.out, /holds 1 account and 1 note/)
  return { token, noteId: body.createdNote.id, path: new URL(stored.body.url).pathname }
}

for (const [from, to] of [
  ['sqlite', 'sqlite'],
  ['sqlite', 'postgres'],
  ['postgres', 'sqlite'],
] satisfies [DatabaseName, DatabaseName][]) {
  const skip = from === 'postgres' || to === 'postgres' ? missing('postgres') : false
  test(`a backup of ${from} restores into ${to} with its tokens, and says the same again`, { skip }, async () => {
    await using source = await findPlace(from)
    await using target = await findPlace(to)
    using archives = folder()
    const [first, second] = ['first.tar', 'second.tar'].map((name) => join(archives.path, name)) as [string, string]
    const { token, noteId, path } = await backedUp(source, first)
    assert.equal(statSync(first).mode & 0o777, 0o600, 'it holds the key')
    const restored = await mamekey(['restore', first, ...target.flags])
    assert.equal(restored.code, 0, restored.err)
    assert.deepEqual(readFileSync(join(target.data, 'secret.key')), readFileSync(join(source.data, 'secret.key')))

    const again = await mamekey(['backup', second, ...target.flags])
    assert.equal(again.code, 0, again.err)
    assert.deepEqual(await rowsOf(second), await rowsOf(first))

    await using server = await running('start', target.flags)
    assert.equal((await call(server.origin, 'i', {}, token)).body.username, 'owner')
    const { body } = await call(server.origin, 'notes/show', { noteId }, token)
    assert.equal(body.text, 'あいう 😀 \\ "quoted"\nsecond line')
    assert.equal(await (await fetch(`${server.origin}${path}`)).text(), 'a file '.repeat(300_000))
    assert.deepEqual(readdirSync(archives.path).sort(), ['first.tar', 'second.tar'], 'nothing half-made is left')
  })
}

/** The rows of an archive by table, whatever order they are in. */
async function rowsOf(file: string): Promise<Record<string, string[]>> {
  await using archive = await openArchive(file)
  const rows: Record<string, string[]> = {}
  for (const member of archive.members.filter(({ name }) => name.startsWith('tables/'))) {
    const lines = gunzipSync(await archive.content(member))
      .toString()
      .trimEnd()
      .split('\n')
    rows[member.name.split('/')[1]!] = lines.map((line) => canonical(JSON.parse(line))).sort()
  }
  assert.ok(Object.keys(rows).length >= 4)
  return rows
}

const canonical = (row: Record<string, unknown>): string =>
  JSON.stringify(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))

onEachDatabase('Restoring', (name) => {
  test('never overwrites unasked, and keeps what it was asked to replace', async () => {
    await using source = await findPlace(name)
    await using target = await findPlace(name)
    using archives = folder()
    const file = join(archives.path, 'backup.tar')
    const { token } = await backedUp(source, file)
    let other: string
    {
      await using server = await running('start', target.flags)
      other = (await makeAccount(server.origin, 'other')).token
    }
    const otherKey = readFileSync(join(target.data, 'secret.key'))

    const refused = await mamekey(['restore', file, ...target.flags])
    assert.equal(refused.code, 1)
    assert.match(refused.err, /not empty, and nothing was restored.*--replace yes/)
    {
      await using server = await running('start', target.flags)
      assert.equal((await call(server.origin, 'i', {}, other)).body.username, 'other')
    }

    const replaced = await mamekey(['restore', file, '--replace', 'yes', ...target.flags])
    assert.equal(replaced.code, 0, replaced.err)
    const [, place] = /What was there before is in (.+)\.\n/.exec(replaced.out) ?? []
    const kept = readdirSync(target.data).find((entry) => entry.startsWith('replaced-'))!
    assert.ok(place?.includes(kept))
    assert.deepEqual(readFileSync(join(target.data, kept, 'secret.key')), otherKey)
    {
      await using server = await running('start', target.flags)
      assert.equal((await call(server.origin, 'i', {}, token)).body.username, 'owner')
      assert.equal((await call(server.origin, 'i', {}, other)).status, 401)
    }
    const schema = /schema (\w+)/.exec(place!)?.[1]
    if (name === 'sqlite') {
      await using before = await findPlace('sqlite')
      for (const each of ['mamekey.sqlite', 'secret.key']) {
        copyFileSync(join(target.data, kept, each), join(before.data, each))
      }
      await using server = await running('start', before.flags)
      assert.equal((await call(server.origin, 'i', {}, other)).body.username, 'other')
    } else {
      const database = await openDialect(target.database, '', assert.ifError)
      const { rows } = await sql<{ username: string }>`select "username" from ${sql.id(schema!, 'user')}`.execute(
        database.db,
      )
      await database.transact((tx) => sql`drop schema ${sql.id(schema!)} cascade`.execute(tx))
      await database.close()
      assert.deepEqual(rows, [{ username: 'other' }])
    }
  })

  test('fails as a whole', async () => {
    await using source = await findPlace(name)
    await using target = await findPlace(name)
    using archives = folder()
    const file = join(archives.path, 'backup.tar')
    await backedUp(source, file)
    const wrong = join(archives.path, 'wrong.tar')
    const { manifest } = await verifyArchive<{ tables: Record<string, number> }>(file)
    await using archive = await openArchive(file)
    // As a fault of ours would leave it: every checksum is right, and a row is missing at the very end.
    await writeArchive(wrong, `${wrong}.partial`, async (add) => {
      for (const member of archive.members.slice(0, -2)) await add(member.name, await archive.content(member))
      const last = Object.keys(manifest.about.tables).at(-1)!
      return { ...manifest.about, tables: { ...manifest.about.tables, [last]: manifest.about.tables[last]! + 1 } }
    })
    assert.notEqual((await mamekey(['restore', wrong, ...target.flags])).code, 0)
    assert.deepEqual(readdirSync(target.data), [])
    const restored = await mamekey(['restore', file, ...target.flags])
    assert.equal(restored.code, 0, restored.err)
  })
})

test('a server that runs is not restored over', async () => {
  await using place = await findPlace('sqlite')
  using archives = folder()
  const file = join(archives.path, 'backup.tar')
  const { token } = await backedUp(place, file)
  await using server = await running('start', place.flags)
  const { code, err } = await mamekey(['restore', file, '--replace', 'yes', ...place.flags])
  assert.equal(code, 1)
  assert.match(err, /A server is using this data folder: stop it first/)
  assert.equal((await call(server.origin, 'i', {}, token)).status, 200)
  assert.ok(!readdirSync(place.data).some((entry) => entry.startsWith('replaced-')))
})

test('a backup needs a server and a free name', async () => {
  using archives = folder()
  const empty = await mamekey(['backup', join(archives.path, 'b.tar'), '--data', archives.path])
  assert.equal(empty.code, 1)
  assert.match(empty.err, /There is no server in .*--data/)
  assert.deepEqual(readdirSync(archives.path), [], 'looking makes nothing')

  await using place = await findPlace('sqlite')
  const taken = join(archives.path, 'taken.tar')
  writeFileSync(taken, 'mine')
  await mamekey(['user', 'add', 'owner', ...place.flags])
  const { code, err } = await mamekey(['backup', taken, ...place.flags])
  assert.equal(code, 1)
  assert.match(err, /exists already/)
  assert.equal(readFileSync(taken, 'utf8'), 'mine')
})
