import assert from 'node:assert/strict'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ArchiveError } from '../../src/lib/archive/manifest.ts'
import { openArchive } from '../../src/lib/archive/read.ts'
import { verifyArchive } from '../../src/lib/archive/verify.ts'
import { writeArchive } from '../../src/lib/archive/write.ts'
import { mamekey } from '../cli/program.ts'
import { findPlace, folder } from './place.ts'

const members = { 'secret.key': 'a key', 'tables/note/000001.jsonl.gz': 'x'.repeat(1000), 'tables/user/1': '' }

async function written(path: string, about: object = { version: '0' }): Promise<string> {
  const file = join(path, 'archive.tar')
  await writeArchive(file, `${file}.partial`, async (add) => {
    for (const [name, content] of Object.entries(members)) await add(name, Buffer.from(content))
    return about
  })
  return file
}

test('what was written is read', async () => {
  using place = folder()
  const file = await written(place.path, { version: '7' })
  const { manifest } = await verifyArchive<{ version: string }>(file)
  assert.equal(manifest.about.version, '7')
  await using archive = await openArchive(file)
  for (const [at, [name, content]] of Object.entries(members).entries()) {
    assert.equal(archive.members[at]!.name, name)
    assert.equal((await archive.content(archive.members[at]!)).toString(), content)
  }
})

test('a flipped byte is found wherever it is, and the member it is in or follows is named', async () => {
  using place = folder()
  const file = await written(place.path)
  const whole = readFileSync(file)
  await using archive = await openArchive(file)
  const damagedFile = join(place.path, 'damaged.tar')
  // A step that meets every part of a block, and is no divisor of one.
  for (let at = 0; at < whole.length; at += 5) {
    const bytes = Buffer.from(whole)
    bytes[at]! ^= 1 << (at % 8)
    writeFileSync(damagedFile, bytes)
    const inside = archive.members.find(({ position, size }) => at >= position && at < position + size)
    await assert.rejects(
      verifyArchive(damagedFile),
      (error: Error) => {
        assert.ok(error instanceof ArchiveError, String(error.stack))
        if (inside) assert.ok(error.message.includes(inside.name), `byte ${at} of ${inside.name}: ${error.message}`)
        return true
      },
      `byte ${at}`,
    )
  }
})

test('an archive that is cut off anywhere is refused', async () => {
  using place = folder()
  const file = await written(place.path)
  const whole = readFileSync(file)
  const cut = join(place.path, 'cut.tar')
  for (let length = 0; length < whole.length; length += 100) {
    writeFileSync(cut, whole.subarray(0, length))
    await assert.rejects(verifyArchive(cut), ArchiveError, `${length} bytes`)
  }
  writeFileSync(cut, Buffer.concat([whole, whole]))
  await assert.rejects(verifyArchive(cut), ArchiveError, 'and one with something after its end')
})

test('what cannot be restored is explained in a sentence, and nothing is made', async () => {
  await using target = await findPlace('sqlite')
  using place = folder()
  const current = { version: '0.1.0', createdAt: '', dialect: 'sqlite', migrations: ['0001-start'], tables: {} }
  const cases: [content: () => Promise<Buffer>, says: RegExp][] = [
    [async () => Buffer.from('PK\x03\x04 some other file'.padEnd(4096)), /is not a backup of Mamekey/],
    [async () => Buffer.alloc(0), /is cut off/],
    [async () => readFileSync(await written(place.path)).subarray(0, 2000), /is cut off .*000001/],
    [
      async () => readFileSync(await written(place.path, { ...current, version: '9.0', migrations: ['9999-future'] })),
      /was made by Mamekey 9\.0, which is newer/,
    ],
    [
      async () => {
        const bytes = readFileSync(await written(place.path, current))
        bytes[bytes.indexOf('xxxx') + 500]! ^= 1
        return bytes
      },
      /is damaged in tables\/note\/000001\.jsonl\.gz\. Nothing was restored/,
    ],
  ]
  for (const [content, says] of cases) {
    const file = join(place.path, 'given.tar')
    writeFileSync(file, await content())
    rmSync(join(place.path, 'archive.tar'), { force: true })
    const { code, err } = await mamekey(['restore', file, ...target.flags])
    assert.equal(code, 1)
    assert.match(err, says)
    assert.ok(!err.includes('    at '), err)
    assert.deepEqual(readdirSync(target.data), [])
  }
  assert.match((await mamekey(['restore', 'nowhere.tar', ...target.flags])).err, /There is no file/)
  assert.match((await mamekey(['restore', ...target.flags])).err, /^mamekey restore FILE/)
})
