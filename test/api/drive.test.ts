import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { removeAbandonedFiles } from '../../src/core/delete-file.ts'
import { pathOf } from '../../src/media/storage.ts'
import { until } from '../jobs/waiting.ts'
import { onEachDatabase, type TestServer } from '../server.ts'
import { addFile, picture, upload } from './drive.ts'
import { assertEmpty, assertError, assertHas, assertShape, bodyOf } from './expect.ts'

const UNKNOWN = 'aaaaaaaaaaaaaaaa'
const idsOf = (list: { id: string }[]) => list.map(({ id }) => id)

/** Folders of a name inside one another; their ids, the outermost first. */
async function nested(server: TestServer, ...names: string[]): Promise<string[]> {
  const ids: string[] = []
  for (const name of names) {
    const parentId = ids.at(-1) ?? null
    ids.push(bodyOf(await server.call('drive/folders/create', { name, parentId }, server.alice)).id)
  }
  return ids
}

onEachDatabase('files', (open) => {
  test('are listed by folder, kind and order, a page at a time', async () => {
    await using server = await open()
    const { alice, bob } = server
    const [folder] = await nested(server, 'Pictures')
    const c = await addFile(server, alice, { filename: 'c.txt', content: '1' })
    const a = await addFile(server, alice, { filename: 'a.png', content: picture() })
    const b = await addFile(server, alice, { filename: 'b.txt', content: '333' })
    const inside = await addFile(server, alice, { before: { folderId: folder! } })
    await addFile(server, bob)
    const list = async (params: object, path = 'drive/files') => idsOf(bodyOf(await server.call(path, params, alice)))
    assert.deepEqual(await list({}), [b.id, a.id, c.id])
    assert.deepEqual(await list({ folderId: folder }), [inside.id])
    assert.deepEqual(await list({ folderId: UNKNOWN }), [])
    assert.deepEqual(await list({ type: 'image/*' }), [a.id])
    assert.deepEqual(await list({ type: 'text/plain' }), [b.id, c.id])
    assert.deepEqual(await list({ type: 'text/pl*' }), [])
    const sorts = { '+createdAt': [b, a, c], '-createdAt': [c, a, b], '+name': [c, b, a], '-name': [a, b, c] }
    for (const [sort, files] of Object.entries(sorts)) assert.deepEqual(await list({ sort }), idsOf(files), sort)
    assert.deepEqual(await list({ sort: '+size' }), [a.id, b.id, c.id])
    assert.deepEqual(await list({ sort: '-size', limit: 2 }), [c.id, b.id])
    assert.deepEqual(await list({ untilId: b.id, limit: 1 }), [a.id])
    assert.deepEqual(await list({ sinceId: c.id }), [a.id, b.id])
    assert.deepEqual(await list({}, 'drive/stream'), [inside.id, b.id, a.id, c.id])
    assert.deepEqual(await list({ type: 'image/png' }, 'drive/stream'), [a.id])
    assert.deepEqual(await list({ sinceId: c.id, limit: 1 }, 'drive/stream'), [a.id])
  })

  test('are found by name and by content, by their owner alone', async () => {
    await using server = await open()
    const { alice, bob } = server
    const [folder] = await nested(server, 'x')
    const file = await addFile(server, alice, { filename: 'notes.txt' })
    const inside = await addFile(server, alice, { filename: 'notes.txt', before: { folderId: folder! } })
    const found = async (path: string, params: object, as = alice) =>
      bodyOf(await server.call(`drive/files/${path}`, params, as))
    assert.deepEqual(await found('find', { name: 'notes.txt' }), [file])
    assert.deepEqual(await found('find', { name: 'notes.txt', folderId: folder }), [inside])
    assert.deepEqual(await found('find', { name: 'notes' }), [])
    assert.deepEqual(await found('find', { name: 'notes.txt' }, bob), [])
    assert.deepEqual(await found('find-by-hash', { md5: file.md5 }), [file])
    assert.deepEqual(await found('find-by-hash', { md5: file.md5 }, bob), [])
    assert.equal(await found('check-existence', { md5: file.md5 }), true)
    assert.equal(await found('check-existence', { md5: file.md5 }, bob), false)
    assert.equal(await found('check-existence', { md5: '0'.repeat(32) }), false)
  })

  test('are shown to their owner and to moderators, by id and by address', async () => {
    await using server = await open()
    const { admin, alice, bob } = server
    const [outer, inner] = await nested(server, 'outer', 'inner')
    const file = await addFile(server, alice, { before: { folderId: inner! } })
    const shown = bodyOf(await server.call('drive/files/show', { fileId: file.id }, alice))
    assertShape(shown, 'DriveFile')
    assertHas(shown, { id: file.id, url: file.url, userId: alice.id, folderId: inner })
    assert.deepEqual([shown.user.id, shown.folder.id, shown.folder.parent.id], [alice.id, inner, outer])
    assert.equal(bodyOf(await server.call('drive/files/show', { url: file.url }, alice)).id, file.id)
    assert.equal(bodyOf(await server.call('drive/files/show', { fileId: file.id }, admin)).id, file.id)
    const path = 'drive/files/show'
    assertError(await server.call(path, { fileId: file.id }, bob), path, 'ACCESS_DENIED')
    assertError(await server.call(path, { fileId: UNKNOWN }, alice), path, 'NO_SUCH_FILE')
    for (const url of ['https://example.com/x', '', `${server.origin}/files/`, `${file.url}x`, '../../secret.key']) {
      assertError(await server.call(path, { url }, alice), path, 'NO_SUCH_FILE')
    }
  })

  test('are changed by their owner', async () => {
    await using server = await open()
    const { alice, bob } = server
    const [folder] = await nested(server, 'Pictures')
    const file = await addFile(server, alice)
    const path = 'drive/files/update'
    const update = (changes: object, as = alice) => server.call(path, { fileId: file.id, ...changes }, as)
    const changes = { folderId: folder, comment: 'alt text', name: 'renamed.png', isSensitive: true }
    assert.deepEqual(bodyOf(await update(changes)), { ...file, ...changes })
    assert.deepEqual(bodyOf(await update({})), { ...file, ...changes })
    assertHas(bodyOf(await update({ folderId: null, comment: null })), {
      folderId: null,
      comment: null,
      isSensitive: true,
    })
    for (const name of ['a/b', '', ' ', '..', 'x'.repeat(201)])
      assertError(await update({ name }), path, 'INVALID_FILE_NAME')
    assertError(await update({ folderId: UNKNOWN }), path, 'NO_SUCH_FOLDER')
    assertError(await update({ fileId: UNKNOWN }), path, 'NO_SUCH_FILE')
    assertError(await update({ name: 'x' }, bob), path, 'ACCESS_DENIED')
    const { id: foreign } = bodyOf(await server.call('drive/folders/create', {}, bob))
    assertError(await update({ folderId: foreign }), path, 'NO_SUCH_FOLDER')
  })

  test('are moved together, as far as they are theirs', async () => {
    await using server = await open()
    const { alice, bob } = server
    const [folder] = await nested(server, 'Pictures')
    const files = [await addFile(server, alice), await addFile(server, alice), await addFile(server, bob)]
    const move = (folderId: string | null) =>
      server.call('drive/files/move-bulk', { fileIds: idsOf(files), folderId }, alice)
    assertEmpty(await move(folder!))
    const inside = async () => idsOf(bodyOf(await server.call('drive/files', { folderId: folder }, alice)))
    assert.deepEqual(await inside(), [files[1].id, files[0].id])
    assert.equal(bodyOf(await server.call('drive/files/show', { fileId: files[2].id }, bob)).folderId, null)
    assertEmpty(await move(null))
    assert.deepEqual(await inside(), [])
    assert.equal((await move(UNKNOWN)).body.error.code, 'NO_SUCH_FOLDER')
  })

  test('go with all that is stored of them when they are deleted', async () => {
    await using server = await open()
    const { admin, alice, bob, data } = server
    const file = await addFile(server, alice)
    const other = await addFile(server, alice)
    const stored = pathOf(data, file.url.split('/').at(-1))
    assert.ok(existsSync(stored))
    const path = 'drive/files/delete'
    assertError(await server.call(path, { fileId: file.id }, bob), path, 'ACCESS_DENIED')
    assertEmpty(await server.call(path, { fileId: file.id }, alice))
    assertError(await server.call('drive/files/show', { fileId: file.id }, alice), 'drive/files/show', 'NO_SUCH_FILE')
    assertError(await server.call(path, { fileId: file.id }, alice), path, 'NO_SUCH_FILE')
    assert.equal((await fetch(file.url)).status, 404)
    await until(() => !existsSync(stored))
    assert.equal(bodyOf(await server.call('drive', {}, alice)).usage, other.size)
    assertEmpty(await server.call(path, { fileId: other.id }, admin))
    assert.equal(bodyOf(await server.call('drive', {}, alice)).usage, 0)
  })

  test('go when their owner’s account is gone, but for what an emoji shows', async () => {
    await using server = await open()
    const { admin, alice, bob, data } = server
    const file = await addFile(server, alice)
    const shown = await addFile(server, alice, { content: picture() })
    const other = await addFile(server, bob)
    bodyOf(await server.call('admin/emoji/add', { name: 'bean', fileId: shown.id }, admin))
    await server.ctx.transact((tx) => tx.deleteFrom('user').where('id', '=', alice.id).execute())
    await removeAbandonedFiles(server.ctx)
    await until(() => !existsSync(pathOf(data, file.url.split('/').at(-1))))
    const statusOf = async ({ url }: { url: string }) => (await fetch(url)).status
    assert.deepEqual([await statusOf(file), await statusOf(shown), await statusOf(other)], [404, 200, 200])
  })

  test('tell the streams what happens to them', async () => {
    await using server = await open()
    const { alice } = server
    const seen: string[] = []
    server.ctx.bus.subscribe((event) => {
      if (event.type === 'driveFile' || event.type === 'driveFolder')
        seen.push(`${event.type} ${event.change} ${event.id}`)
    })
    const [folder] = await nested(server, 'x')
    const { id: fileId } = await addFile(server, alice)
    await server.call('drive/files/update', { fileId, folderId: folder }, alice)
    await server.call('drive/files/delete', { fileId }, alice)
    await server.call('drive/folders/update', { folderId: folder, name: 'y' }, alice)
    await server.call('drive/folders/delete', { folderId: folder }, alice)
    assert.deepEqual(seen, [
      `driveFolder created ${folder}`,
      `driveFile created ${fileId}`,
      `driveFile updated ${fileId}`,
      `driveFile deleted ${fileId}`,
      `driveFolder updated ${folder}`,
      `driveFolder deleted ${folder}`,
    ])
  })
})

onEachDatabase('folders', (open) => {
  test('are made, shown, listed, found and renamed by their owner', async () => {
    await using server = await open()
    const { alice, bob } = server
    const made = bodyOf(await server.call('drive/folders/create', { name: 'Pictures' }, alice))
    assertShape(made, 'DriveFolder')
    assertHas(made, { name: 'Pictures', parentId: null, parent: 'absent', filesCount: 'absent' })
    const inner = bodyOf(await server.call('drive/folders/create', { name: 'Inner', parentId: made.id }, alice))
    const untitled = bodyOf(await server.call('drive/folders/create', {}, alice))
    assertHas(untitled, { name: 'Untitled' })
    await addFile(server, alice, { before: { folderId: inner.id } })
    const list = async (params: object, as = alice) => idsOf(bodyOf(await server.call('drive/folders', params, as)))
    assert.deepEqual(await list({}), [untitled.id, made.id])
    assert.deepEqual(await list({ limit: 1, untilId: untitled.id }), [made.id])
    assert.deepEqual(await list({ folderId: made.id }), [inner.id])
    assert.deepEqual(await list({}, bob), [])
    const shown = bodyOf(await server.call('drive/folders/show', { folderId: inner.id }, alice))
    const parent = { ...made, foldersCount: 1, filesCount: 0 }
    assert.deepEqual(shown, { ...inner, foldersCount: 0, filesCount: 1, parent })
    const find = async (params: object) => idsOf(bodyOf(await server.call('drive/folders/find', params, alice)))
    assert.deepEqual(await find({ name: 'Pictures' }), [made.id])
    assert.deepEqual(await find({ name: 'Inner' }), [])
    assert.deepEqual(await find({ name: 'Inner', parentId: made.id }), [inner.id])
    const renamed = bodyOf(await server.call('drive/folders/update', { folderId: made.id, name: 'Photos' }, alice))
    assert.deepEqual(renamed, { ...made, name: 'Photos' })
    const errors: [path: string, params: object, code: string][] = [
      ['drive/folders/show', { folderId: made.id }, 'NO_SUCH_FOLDER'],
      ['drive/folders/update', { folderId: made.id, name: 'x' }, 'NO_SUCH_FOLDER'],
      ['drive/folders/delete', { folderId: made.id }, 'NO_SUCH_FOLDER'],
      ['drive/folders/create', { parentId: made.id }, 'NO_SUCH_FOLDER'],
    ]
    for (const [path, params, code] of errors) assertError(await server.call(path, params, bob), path, code)
  })

  test('are never put into themselves', async () => {
    await using server = await open()
    const { alice } = server
    const [a, b, c] = await nested(server, 'a', 'b', 'c')
    const path = 'drive/folders/update'
    const move = (folderId: string, parentId: string | null) => server.call(path, { folderId, parentId }, alice)
    for (const parentId of [a, b, c]) assertError(await move(a!, parentId!), path, 'RECURSIVE_NESTING')
    assertError(await move(a!, UNKNOWN), path, 'NO_SUCH_PARENT_FOLDER')
    assertHas(bodyOf(await move(c!, a!)), { parentId: a })
    assertHas(bodyOf(await move(b!, null)), { parentId: null })
    // Each move alone is allowed; both together would be a circle.
    const both = await Promise.all([move(a!, b!), move(b!, a!)])
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 400])
  })

  test('are deleted when there is nothing in them', async () => {
    await using server = await open()
    const { alice } = server
    const [a, b] = await nested(server, 'a', 'b')
    const path = 'drive/folders/delete'
    const remove = (folderId: string) => server.call(path, { folderId }, alice)
    assertError(await remove(a!), path, 'HAS_CHILD_FILES_OR_FOLDERS')
    const file = bodyOf(await upload(server, alice, { before: { folderId: b! } }))
    assertError(await remove(b!), path, 'HAS_CHILD_FILES_OR_FOLDERS')
    assertEmpty(await server.call('drive/files/delete', { fileId: file.id }, alice))
    assertEmpty(await remove(b!))
    assertEmpty(await remove(a!))
    assertError(await remove(a!), path, 'NO_SUCH_FOLDER')
  })
})
