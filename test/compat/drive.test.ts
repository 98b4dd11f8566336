import assert from 'node:assert/strict'
import { test } from 'node:test'
import { api } from 'misskey-js'
import { PNG } from '../api/drive.ts'
import { onEachDatabase } from '../server.ts'

// What an app does with files, with the published client package.

onEachDatabase('misskey-js and the drive', (open) => {
  test('uploads, describes, posts and shows a file, and deletes it', async () => {
    await using server = await open()
    const client = new api.APIClient({ origin: server.origin, credential: server.alice.appToken })
    const folder = await client.request('drive/folders/create', { name: 'beans' })
    const file = await client.request('drive/files/create', {
      file: new File([PNG], 'bean.png', { type: 'image/png' }),
      folderId: folder.id,
      isSensitive: true,
      comment: 'a bean',
    })
    assert.deepEqual(
      [file.name, file.type, file.folderId, file.isSensitive, file.comment],
      ['bean.png', 'image/png', folder.id, true, 'a bean'],
    )
    const text = await client.request('drive/files/create', { file: new Blob(['a'.repeat(1024)]), name: 'a.txt' })
    assert.deepEqual([text.name, text.size], ['a.txt', 1024])
    const renamed = await client.request('drive/files/update', { fileId: text.id, name: 'b.txt' })
    assert.equal(renamed.name, 'b.txt')
    const { createdNote } = await client.request('notes/create', { fileIds: [file.id, text.id] })
    assert.deepEqual(
      createdNote.files?.map(({ id }) => id),
      [file.id, text.id],
    )
    const content = await fetch(createdNote.files![0]!.url)
    assert.ok(Buffer.from(await content.arrayBuffer()).equals(PNG))
    const me = await client.request('i/update', { avatarId: file.id })
    assert.equal(me.avatarUrl, file.url)
    const usage = await client.request('drive', {})
    assert.equal(usage.usage, PNG.length + 1024)
    await client.request('drive/files/delete', { fileId: file.id })
    await assert.rejects(client.request('drive/files/show', { fileId: file.id }), { code: 'NO_SUCH_FILE' })
  })
})
