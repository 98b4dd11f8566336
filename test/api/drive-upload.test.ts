import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { until } from '../jobs/waiting.ts'
import { onEachDatabase, readAnswer, type TestServer } from '../server.ts'
import { addFile, PNG, picture, upload } from './drive.ts'
import { assertError, assertHas, assertShape, bodyOf } from './expect.ts'

const filesIn = (server: TestServer, folder: string): string[] => {
  try {
    return readdirSync(join(server.data, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
  } catch {
    return []
  }
}

/** What is stored, and whether anything half is left. */
const stored = (server: TestServer) => ({
  files: filesIn(server, 'files').length,
  incoming: filesIn(server, 'incoming').length,
})

const contentOf = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer())

onEachDatabase('uploading', (open) => {
  test('keeps a text as it is and says all that is known of it', async () => {
    await using server = await open()
    const file = bodyOf(
      await upload(server, server.alice, {
        content: 'hello text file\n',
        filename: 'orig.txt',
        before: { name: 'notes.txt', comment: 'a text', isSensitive: 'true', force: 'false', folderId: 'null' },
      }),
    )
    assertShape(file, 'DriveFile')
    assertHas(file, {
      name: 'notes.txt',
      type: 'text/plain',
      md5: '1dd174b683c009bb4e6c3342b85a0b37',
      size: 16,
      isSensitive: true,
      blurhash: null,
      properties: {},
      thumbnailUrl: null,
      comment: 'a text',
      folderId: null,
      folder: null,
      userId: server.alice.id,
      user: null,
    })
    assert.equal((await contentOf(file.url)).toString(), 'hello text file\n')
    assert.deepEqual(bodyOf(await server.call('drive', {}, server.alice)), { capacity: 104_857_600, usage: 16 })
    assert.deepEqual(stored(server), { files: 1, incoming: 0 })
  })

  test('takes fields before the file and after it, and the token in either place or the header', async () => {
    await using server = await open()
    const { alice } = server
    const fields = { name: 'x.txt', comment: 'c', isSensitive: 'true', folderId: '' }
    const expected = { name: 'x.txt', comment: 'c', isSensitive: true }
    assertHas(bodyOf(await upload(server, alice, { content: '1', before: fields })), expected)
    assertHas(bodyOf(await upload(server, alice, { content: '2', after: fields })), expected)
    assertHas(bodyOf(await upload(server, null, { content: '3', before: fields, after: { i: alice.token } })), expected)
    assertHas(bodyOf(await upload(server, null, { content: '4', after: { ...fields, i: alice.token } })), expected)
    const headers = { authorization: `Bearer ${alice.appToken}` }
    assertHas(bodyOf(await upload(server, null, { content: '5', after: fields, headers })), expected)
  })

  test('calls a file by what is in it', async () => {
    await using server = await open()
    const names: [filename: string, content: string | Uint8Array<ArrayBuffer>, name: string, type: string][] = [
      ['first.png', PNG, 'first.png', 'image/png'],
      ['wrong.txt', picture(), 'wrong.txt.png', 'image/png'],
      ['blob', picture(), 'untitled.png', 'image/png'],
      ['SHOUT.PNG', picture(), 'SHOUT.PNG', 'image/png'],
      ['empty.txt', '', 'empty.txt', 'text/plain'],
      ['blob', 'a text', 'untitled', 'text/plain'],
      ['豆 emoji 🫘.txt', 'beans', '豆 emoji 🫘.txt', 'text/plain'],
      ['data.json', '{"a":1}', 'data.json', 'application/json'],
      ['page.html', '<!doctype html><script>alert(1)</script>', 'page.html', 'text/plain'],
      ['x.svg', '<?xml version="1.0"?><!-- a --><svg xmlns="http://www.w3.org/2000/svg"/>', 'x.svg', 'image/svg+xml'],
      ['../../../etc/passwd', 'root', 'passwd', 'text/plain'],
      ['C:\\Users\\me\\a.txt', 'mine', 'a.txt', 'text/plain'],
      ['photo\u202egnp.exe.txt', 'turned', 'photognp.exe.txt', 'text/plain'],
      ['a'.repeat(300), picture(), `${'a'.repeat(196)}.png`, 'image/png'],
    ]
    for (const [filename, content, name, type] of names) {
      assertHas(bodyOf(await upload(server, server.alice, { filename, content })), { name, type })
    }
  })

  test('refuses names that are paths or deceive', async () => {
    await using server = await open()
    for (const name of ['a/b', 'a\\b', '..', 'a..b', 'a'.repeat(201), 'x\u202ey', 'a\nb']) {
      const answer = await upload(server, server.alice, { before: { name } })
      assertError(answer, 'drive/files/create', 'INVALID_FILE_NAME')
    }
    const nul = await upload(server, server.alice, { before: { name: 'a\0b' } })
    assert.deepEqual([nul.status, nul.body.error.code], [400, 'INVALID_PARAM'])
    assert.deepEqual(stored(server), { files: 0, incoming: 0 })
    assertHas(bodyOf(await upload(server, server.alice, { before: { name: '  ' } })), { name: 'untitled' })
  })

  test('gives the same file for the same content, unless another is asked for', async () => {
    await using server = await open()
    const { alice, bob } = server
    const first = bodyOf(await upload(server, alice, { content: PNG, filename: 'first.png' }))
    assert.deepEqual(bodyOf(await upload(server, alice, { content: PNG, filename: 'again.png' })), first)
    const sensitive = bodyOf(await upload(server, alice, { content: PNG, before: { isSensitive: 'true' } }))
    assert.deepEqual(sensitive, { ...first, isSensitive: true })
    const forced = bodyOf(await upload(server, alice, { content: PNG, before: { force: 'true' } }))
    assert.notEqual(forced.id, first.id)
    assert.notEqual(forced.url, first.url)
    assert.equal(forced.md5, first.md5)
    assert.notEqual(bodyOf(await upload(server, bob, { content: PNG })).id, first.id)
    assert.deepEqual(stored(server), { files: 3, incoming: 0 })
    const ids = new Set<string>()
    const same = await Promise.all(Array.from({ length: 6 }, () => upload(server, alice, { content: 'all at once' })))
    for (const answer of same) ids.add(bodyOf(answer).id)
    assert.equal(ids.size, 1)
    assert.deepEqual(stored(server), { files: 4, incoming: 0 })
  })

  test('of ten at once takes as many as there is room for', async () => {
    await using server = await open()
    const { alice } = server
    await changeSettings(server.ctx, { policies: { driveCapacityMb: 1 } })
    const contents = Array.from({ length: 10 }, (_, index) => Buffer.alloc(300_000, `${index}`))
    const answers = await Promise.all(contents.map((content) => upload(server, alice, { content })))
    const taken = answers.filter(({ status }) => status === 200)
    assert.equal(taken.length, 3)
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      assertError(answer, 'drive/files/create', 'NO_FREE_SPACE')
    }
    assert.deepEqual(bodyOf(await server.call('drive', {}, alice)), { capacity: 1_048_576, usage: 900_000 })
    assert.deepEqual(stored(server), { files: 3, incoming: 0 })
    await server.call('drive/files/delete', { fileId: taken[0]!.body.id }, alice)
    assert.equal(bodyOf(await server.call('drive', {}, alice)).usage, 600_000)
    bodyOf(await upload(server, alice, { content: Buffer.alloc(300_000, 'x') }))
  })

  test('refuses what is too large, of a wrong kind, or for no folder of theirs', async () => {
    await using server = await open()
    const { alice, admin, bob } = server
    await changeSettings(server.ctx, { policies: { maxFileSizeMb: 1 } })
    const large = Buffer.alloc(1024 * 1024 + 1, 'a')
    bodyOf(await upload(server, alice, { content: large.subarray(1) }))
    const path = 'drive/files/create'
    assertError(await upload(server, alice, { content: large }), path, 'MAX_FILE_SIZE_EXCEEDED')
    assertError(
      await upload(server, null, { content: large, after: { i: alice.token } }),
      path,
      'MAX_FILE_SIZE_EXCEEDED',
    )
    const code = async (answer: ReturnType<typeof upload>) => [(await answer).status, (await answer).body.error?.code]
    const zip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex')
    for (const content of [zip, Buffer.from([1, 2, 3, 255]), Buffer.from('a\0b'), Buffer.from([0x61, 0xff])]) {
      assert.deepEqual(await code(upload(server, alice, { content })), [400, 'UNALLOWED_FILE_TYPE'])
      bodyOf(await upload(server, admin, { content }))
    }
    const { id: folderId } = bodyOf(await server.call('drive/folders/create', {}, bob))
    for (const id of [folderId, 'aaaaaaaaaaaaaaaa']) {
      assert.deepEqual(await code(upload(server, alice, { before: { folderId: id } })), [400, 'NO_SUCH_FOLDER'])
    }
    const comment = await upload(server, alice, { before: { comment: 'c'.repeat(513) } })
    assert.equal(comment.body.error.info.param, '#/properties/comment/maxLength')
    const flag = await upload(server, alice, { before: { isSensitive: 'maybe' } })
    assert.deepEqual(
      [flag.body.error.id, flag.body.error.info.param],
      ['0b5f1631-7c1a-41a6-b399-cce335f34d85', 'isSensitive'],
    )
    assert.deepEqual(stored(server).incoming, 0)
  })

  test('marks what belongs to people whose files are all sensitive', async () => {
    await using server = await open()
    bodyOf(await server.call('i/update', { alwaysMarkNsfw: true }, server.alice))
    assert.equal((await addFile(server, server.alice)).isSensitive, true)
    assert.equal((await addFile(server, server.bob)).isSensitive, false)
    await changeSettings(server.ctx, { policies: { alwaysMarkNsfw: true } })
    const file = await addFile(server, server.bob)
    assert.equal(file.isSensitive, true)
    const opened = await server.call('drive/files/update', { fileId: file.id, isSensitive: false }, server.bob)
    assertError(opened, 'drive/files/update', 'RESTRICTED_BY_ROLE')
  })

  test('asks who it is for before it takes more than a little', async () => {
    await using server = await open()
    const nobody = await upload(server, null, {})
    assert.deepEqual([nobody.status, nobody.body.error.code], [401, 'CREDENTIAL_REQUIRED'])
    const stranger = await upload(server, 'x'.repeat(16), {})
    assert.deepEqual([stranger.status, stranger.body.error.code], [401, 'AUTHENTICATION_FAILED'])
    const late = await upload(server, null, { content: Buffer.alloc(9_000_000, 'a'), after: { i: server.alice.token } })
    assert.deepEqual([late.status, late.body.error.code], [401, 'CREDENTIAL_REQUIRED'])
    assert.match(late.body.error.message, /before/)
    bodyOf(await upload(server, null, { content: Buffer.alloc(5_000_000, 'a'), after: { i: server.alice.token } }))
    assert.deepEqual(stored(server), { files: 1, incoming: 0 })
  })

  test('says what is missing in a form without a file, and in no form at all', async () => {
    await using server = await open()
    const form = new FormData()
    form.append('i', server.alice.token)
    const sent = await fetch(`${server.origin}/api/drive/files/create`, { method: 'POST', body: form })
    assert.deepEqual([sent.status, (await readAnswer(sent)).body.error.code], [400, 'FILE_REQUIRED'])
    const json = await server.call('drive/files/create', {}, server.alice)
    assert.deepEqual([json.status, json.body.error.code], [400, 'FILE_REQUIRED'])
    const url = `${server.origin}/api/drive/files/create`
    const headers = { 'content-type': 'multipart/form-data; boundary=x', authorization: `Bearer ${server.alice.token}` }
    for (const body of [
      '',
      'x',
      '--x',
      '--x\r\n',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf',
    ]) {
      const answer = await fetch(url, { method: 'POST', headers, body })
      assert.equal(answer.status, 400, JSON.stringify(body))
      assert.match((await readAnswer(answer)).body.error.code, /^(BAD_REQUEST|FILE_REQUIRED)$/, JSON.stringify(body))
    }
    const many = new FormData()
    for (let index = 0; index < 100; index++) many.append(`field${index}`, 'x')
    assert.equal((await fetch(url, { method: 'POST', body: many })).status, 400)
    const long = new FormData()
    long.append('comment', 'x'.repeat(20_000))
    assert.equal((await fetch(url, { method: 'POST', body: long })).status, 400)
    assert.deepEqual(stored(server), { files: 0, incoming: 0 })
  })

  test('leaves nothing behind of an upload whose client goes away', async () => {
    await using server = await open()
    const { port } = new URL(server.origin)
    const socket = connect(Number(port), 'localhost')
    const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    socket.write(
      `POST /api/drive/files/create HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${server.alice.token}\r\n` +
        `Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n${head}${'a'.repeat(100_000)}`,
    )
    await until(() => stored(server).incoming === 1)
    socket.destroy()
    await until(() => stored(server).incoming === 0)
    assert.deepEqual(stored(server), { files: 0, incoming: 0 })
  })

  test('brings back every byte of a file, whatever its pieces were', async () => {
    await using server = await open()
    const content = Buffer.concat(Array.from({ length: 200_000 }, (_, index) => Buffer.from(`${index}\r\n--x\r\n`)))
    const file = bodyOf(await upload(server, server.alice, { content }))
    assert.equal(file.md5, createHash('md5').update(content).digest('hex'))
    assert.ok((await contentOf(file.url)).equals(content))
  })
})
