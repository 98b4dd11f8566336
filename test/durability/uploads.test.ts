import assert from 'node:assert/strict'
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { residentMemory, upload } from '../api/drive.ts'
import { until } from '../jobs/waiting.ts'
import { type Answer, call } from '../server.ts'
import { firstAccount, folder, type Program, startProgram } from './program.ts'

const MEGABYTE = 1024 * 1024
const ROUNDS = 3

/** Every file below a folder of the data, by name. */
function filesIn(data: string, name: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const entry of readdirSync(join(data, name), { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) found.set(entry.name, join(entry.parentPath, entry.name))
  }
  return found
}

function rowsOf(data: string) {
  using database = new DatabaseSync(join(data, 'mamekey.sqlite'))
  const files = database.prepare('select "id", "accessKey", "size", "md5" from "driveFile"').all()
  const usage = database.prepare('select "driveUsage" from "account"').get()!['driveUsage']
  return {
    files: files.map((row) => ({ ...row }) as { id: string; accessKey: string; size: number; md5: string }),
    usage,
  }
}

/** Uploads over many connections and kills the program in the middle of it; ids of what was answered. */
async function uploadAndKill(program: Program, token: string): Promise<string[]> {
  const answered: string[] = []
  const enough = randomInt(5, 40)
  const connection = async (): Promise<void> => {
    for (;;) {
      const content = randomBytes(randomInt(1, 400_000)).toString('hex')
      const answer = await upload(program, token, { content }).catch(() => null)
      if (!answer) return
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      answered.push(answer.body.id)
      if (answered.length === enough) setTimeout(() => program.kill('SIGKILL'), randomInt(10))
    }
  }
  await Promise.all(Array.from({ length: 6 }, connection))
  await program.ended
  return answered
}

test('killed in the middle of uploads, the server has the content of every file and keeps no other', async () => {
  using data = folder()
  const kept: string[] = []
  let token: string | undefined
  for (let round = 0; round < ROUNDS; round++) {
    await using program = await startProgram(data.path)
    token ??= await firstAccount(program.origin)
    kept.push(...(await uploadAndKill(program, token)))
    const { files, usage } = rowsOf(data.path)
    const stored = filesIn(data.path, 'files')
    const ids = new Set(files.map(({ id }) => id))
    assert.deepEqual(
      kept.filter((id) => !ids.has(id)),
      [],
      'every file that was answered has its row',
    )
    for (const { accessKey, size, md5 } of files) {
      const content = readFileSync(stored.get(accessKey) ?? '')
      assert.deepEqual([content.length, createHash('md5').update(content).digest('hex')], [size, md5])
    }
    assert.equal(
      usage,
      files.reduce((sum, { size }) => sum + size, 0),
    )
  }
  // What a process that dies at the worst moments leaves behind.
  writeFileSync(join(data.path, 'incoming', '0b7f6d1e-5f2f-4a39-8a63-2f8f7c1d9e10'), 'half')
  const [folderOfSome] = readdirSync(join(data.path, 'files'))
  writeFileSync(join(data.path, 'files', folderOfSome!, '0b7f6d1e-5f2f-4a39-8a63-2f8f7c1d9e11'), 'nobody’s')
  writeFileSync(join(data.path, 'files', folderOfSome!, 'thumbnail-0b7f6d1e-5f2f-4a39-8a63-2f8f7c1d9e12'), 'nobody’s')
  writeFileSync(join(data.path, 'files', folderOfSome!, 'a note of the administrator.txt'), 'stays')
  const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000)
  for (const name of ['files', 'incoming']) {
    for (const path of filesIn(data.path, name).values()) utimesSync(path, longAgo, longAgo)
  }
  const young = join(data.path, 'files', folderOfSome!, '0b7f6d1e-5f2f-4a39-8a63-2f8f7c1d9e13')
  writeFileSync(young, 'on its way')
  await using program = await startProgram(data.path)
  const keys = new Set(rowsOf(data.path).files.map(({ accessKey }) => accessKey))
  const others = () => [...filesIn(data.path, 'files').keys()].filter((name) => !keys.has(name)).sort()
  const left = ['0b7f6d1e-5f2f-4a39-8a63-2f8f7c1d9e13', 'a note of the administrator.txt']
  await until(others, (names) => names.length <= left.length)
  assert.deepEqual(others(), left)
  await until(() => filesIn(data.path, 'incoming').size === 0)
  assert.deepEqual(
    [...keys].filter((key) => !filesIn(data.path, 'files').has(key)),
    [],
  )
  assert.ok(statSync(young).isFile())
  assert.equal(program.child.exitCode, null)
})

/** Uploads so many megabytes that never are in memory together; their MD5 with the answer. */
async function uploadLarge(origin: string, token: string, megabytes: number): Promise<{ md5: string; answer: Answer }> {
  const hash = createHash('md5')
  const piece = randomBytes(MEGABYTE)
  function* pieces(): Generator<Buffer> {
    yield Buffer.from(`--x\r\nContent-Disposition: form-data; name="i"\r\n\r\n${token}\r\n`)
    // The beginning of an MP4.
    const head = Buffer.from('00000018667479706d703432000000006d70343269736f6d', 'hex')
    hash.update(head)
    yield Buffer.concat([
      Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n'),
      head,
    ])
    for (let count = 0; count < megabytes; count++) {
      piece.writeUInt32BE(count)
      hash.update(piece)
      yield Buffer.from(piece)
    }
    yield Buffer.from('\r\n--x--\r\n')
  }
  const { port } = new URL(origin)
  const headers = { 'content-type': 'multipart/form-data; boundary=x' }
  const answer = await new Promise<Answer>((resolve, reject) => {
    const sent = request({ port, path: '/api/drive/files/create', method: 'POST', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: new Headers(), body: JSON.parse(text) }),
      )
    })
    sent.on('error', reject)
    Readable.from(pieces()).pipe(sent)
  })
  return { md5: hash.digest('hex'), answer }
}

test('200 megabytes go through the server without staying in its memory', async (t) => {
  using data = folder()
  await using program = await startProgram(data.path)
  const token = await firstAccount(program.origin)
  const policies = { maxFileSizeMb: 300, driveCapacityMb: 1000 }
  const set = await call(program.origin, 'admin/roles/update-default-policies', { policies }, token)
  assert.equal(set.status, 204)
  // What is needed for any upload is loaded by a first one.
  await uploadLarge(program.origin, token, 8)
  const memory = () => residentMemory(program.child.pid!)
  const before = memory()
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, memory())
  }, 20)
  const { md5, answer } = await uploadLarge(program.origin, token, 200).finally(() => clearInterval(watch))
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  assert.equal(answer.body.md5, md5)
  t.diagnostic(`${before.toFixed(1)} MB before, at most ${most.toFixed(1)} MB meanwhile`)
  assert.ok(most - before < 32, `grew by ${(most - before).toFixed(1)} MB`)
  const hash = createHash('md5')
  const response = await fetch(answer.body.url)
  assert.equal(response.headers.get('content-length'), `${200 * MEGABYTE + 24}`)
  for await (const chunk of response.body!) hash.update(chunk)
  assert.equal(hash.digest('hex'), md5)
})
