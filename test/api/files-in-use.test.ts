import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase } from '../server.ts'
import { countStatementsOfCalls } from './count-statements.ts'
import { addFile, picture } from './drive.ts'
import { assertEmpty, assertError, assertHas, assertShape, bodyOf } from './expect.ts'

const UNKNOWN = 'aaaaaaaaaaaaaaaa'
const idsOf = (list: { id: string }[]) => list.map(({ id }) => id)

onEachDatabase('files of notes', (open) => {
  test('come with the note in the order they were given, and are listed by file', async () => {
    await using server = await open()
    const { alice, bob } = server
    const files = [await addFile(server, alice), await addFile(server, alice), await addFile(server, alice)]
    const fileIds = [files[2].id, files[0].id, files[1].id]
    const { createdNote: note } = bodyOf(await server.call('notes/create', { fileIds }, alice))
    assertHas(note, { text: null, fileIds })
    assert.deepEqual(idsOf(note.files), fileIds)
    assertShape(note.files[0], 'DriveFile')
    assertHas(note.files[0], { userId: alice.id, user: null, folder: null, url: files[2].url })
    const { createdNote: other } = bodyOf(
      await server.call('notes/create', { text: 'b', mediaIds: [files[0].id] }, alice),
    )
    const { createdNote: direct } = bodyOf(
      await server.call('notes/create', { fileIds: [files[0].id], visibility: 'specified' }, alice),
    )
    const attached = async (params: object) =>
      idsOf(bodyOf(await server.call('drive/files/attached-notes', { fileId: files[0].id, ...params }, alice)))
    assert.deepEqual(await attached({}), [direct.id, other.id, note.id])
    assert.deepEqual(await attached({ limit: 1, untilId: direct.id }), [other.id])
    assert.deepEqual(await attached({ sinceId: note.id }), [other.id, direct.id])
    const path = 'drive/files/attached-notes'
    assertError(await server.call(path, { fileId: files[0].id }, bob), path, 'NO_SUCH_FILE')
    assertError(await server.call(path, { fileId: UNKNOWN }, alice), path, 'NO_SUCH_FILE')
    const chat = 'drive/files/attached-chat-messages'
    assert.deepEqual(bodyOf(await server.call(chat, { fileId: files[0].id }, alice)), [])
    assertError(await server.call(chat, { fileId: UNKNOWN }, alice), chat, 'NO_SUCH_FILE')
    await server.call('notes/create', { text: 'without' }, alice)
    const withFiles = bodyOf(await server.call('users/notes', { userId: alice.id, withFiles: true }, bob))
    assert.deepEqual(idsOf(withFiles), [other.id, note.id])
    assertEmpty(await server.call('notes/delete', { noteId: other.id }, alice))
    assert.deepEqual(await attached({}), [direct.id, note.id])
  })

  test('make a renote of something a quote', async () => {
    await using server = await open()
    const { alice, bob } = server
    const { createdNote: root } = bodyOf(await server.call('notes/create', { text: 'root' }, bob))
    const file = await addFile(server, alice)
    const params = { renoteId: root.id, fileIds: [file.id] }
    const { createdNote: quote } = bodyOf(await server.call('notes/create', params, alice))
    assert.equal((await server.call('notes/create', { renoteId: quote.id }, bob)).status, 200)
  })

  test('must be the author’s', async () => {
    await using server = await open()
    const { alice, bob } = server
    const [own, foreign] = [await addFile(server, alice), await addFile(server, bob)]
    for (const fileIds of [[foreign.id], [own.id, foreign.id], [UNKNOWN]]) {
      assertError(await server.call('notes/create', { text: 'x', fileIds }, alice), 'notes/create', 'NO_SUCH_FILE')
    }
    assert.deepEqual(bodyOf(await server.call('users/notes', { userId: alice.id }, alice)), [])
  })

  test('are left out when they are deleted, and never shown to whom the note is hidden', async () => {
    await using server = await open()
    const { alice, bob } = server
    const [one, two] = [await addFile(server, alice), await addFile(server, alice)]
    const params = { fileIds: [one.id, two.id], visibility: 'followers' }
    const { createdNote: note } = bodyOf(await server.call('notes/create', params, alice))
    assertEmpty(await server.call('drive/files/delete', { fileId: one.id }, alice))
    const shown = bodyOf(await server.call('notes/show', { noteId: note.id }, alice))
    assert.deepEqual(idsOf(shown.files), [two.id])
    const hidden = await server.call('notes/show', { noteId: note.id }, bob)
    assert.ok(!JSON.stringify(hidden.body).includes(two.id))
  })

  test('cost a list of thirty notes as many statements as one of three', async () => {
    await using server = await open()
    const { alice } = server
    for (let count = 0; count < 30; count++) {
      const fileIds = [(await addFile(server, alice)).id, (await addFile(server, alice)).id]
      bodyOf(await server.call('notes/create', { fileIds }, alice))
    }
    const statements = countStatementsOfCalls(server)
    const cost = async (limit: number) => {
      const before = statements()
      assert.equal(bodyOf(await server.call('users/notes', { userId: alice.id, limit }, alice)).length, limit)
      return statements() - before
    }
    assert.equal(await cost(30), await cost(3))
  })
})

onEachDatabase('pictures', (open) => {
  test('of people are files of theirs, shown wherever they are', async () => {
    await using server = await open()
    const { alice, bob } = server
    const avatar = await addFile(server, alice, { content: picture() })
    const banner = await addFile(server, alice, { content: picture() })
    const text = await addFile(server, alice)
    const foreign = await addFile(server, bob, { content: picture() })
    const update = (params: object) => server.call('i/update', params, alice)
    const identicon = bodyOf(await server.call('i', {}, alice)).avatarUrl
    assertHas(bodyOf(await update({ avatarId: avatar.id, bannerId: banner.id })), {
      ...{ avatarId: avatar.id, bannerId: banner.id, avatarUrl: avatar.url, bannerUrl: banner.url },
    })
    const { createdNote } = bodyOf(await server.call('notes/create', { text: 'x' }, alice))
    assert.equal(createdNote.user.avatarUrl, avatar.url)
    assertHas(bodyOf(await server.call('users/show', { userId: alice.id }, bob)), {
      ...{ avatarUrl: avatar.url, bannerUrl: banner.url, avatarId: 'absent' },
    })
    const led = await fetch(`${server.origin}/avatar/@alice`, { redirect: 'manual' })
    assert.equal(led.headers.get('location'), avatar.url)
    const errors: [params: object, code: string][] = [
      [{ avatarId: foreign.id }, 'NO_SUCH_AVATAR'],
      [{ bannerId: foreign.id }, 'NO_SUCH_BANNER'],
      [{ avatarId: text.id }, 'AVATAR_NOT_AN_IMAGE'],
      [{ bannerId: text.id }, 'BANNER_NOT_AN_IMAGE'],
    ]
    for (const [params, code] of errors) assertError(await update(params), 'i/update', code)
    assertHas(bodyOf(await update({ bannerId: null })), { bannerId: null, bannerUrl: null, avatarId: avatar.id })
    assertEmpty(await server.call('drive/files/delete', { fileId: avatar.id }, alice))
    assertHas(bodyOf(await server.call('i', {}, alice)), { avatarId: null, avatarUrl: identicon })
    const note = bodyOf(await server.call('notes/show', { noteId: createdNote.id }, bob))
    assert.equal(note.user.avatarUrl, identicon)
  })

  test('of channels are files of whoever sets them', async () => {
    await using server = await open()
    const { alice, bob } = server
    const file = await addFile(server, alice, { content: picture() })
    const made = bodyOf(await server.call('channels/create', { name: 'beans', bannerId: file.id }, alice))
    assertHas(made, { bannerId: file.id, bannerUrl: file.url })
    const foreign = await server.call('channels/create', { name: 'x', bannerId: file.id }, bob)
    assertError(foreign, 'channels/create', 'NO_SUCH_FILE')
    assertEmpty(await server.call('drive/files/delete', { fileId: file.id }, alice))
    assertHas(bodyOf(await server.call('channels/show', { channelId: made.id }, bob)), {
      bannerId: null,
      bannerUrl: null,
    })
  })

  test('of emojis stay as long as the emoji, whatever becomes of the drive they were in', async () => {
    await using server = await open()
    const { admin, alice } = server
    const file = await addFile(server, admin, { content: picture() })
    const add = (params: object) => server.call('admin/emoji/add', { name: 'bean', ...params }, admin)
    const text = await addFile(server, admin)
    assertError(await add({ fileId: UNKNOWN }), 'admin/emoji/add', 'NO_SUCH_FILE')
    assertError(await add({ fileId: text.id }), 'admin/emoji/add', 'UNSUPPORTED_FILE_TYPE')
    const emoji = bodyOf(await add({ fileId: file.id, aliases: ['mame'] }))
    assertHas(emoji, { name: 'bean', url: file.url, aliases: ['mame'] })
    assertError(await add({ fileId: file.id }), 'admin/emoji/add', 'DUPLICATE_NAME')
    assert.equal(bodyOf(await server.call('emoji', { name: 'bean' }, alice)).url, file.url)
    const place = async (name: string) => {
      const { status, headers } = await fetch(`${server.origin}/emoji/${name}`, { redirect: 'manual' })
      return [status, headers.get('location')]
    }
    assert.deepEqual(await place('bean.webp'), [302, file.url])
    assert.deepEqual(await place('bean@.webp'), [302, file.url])
    for (const name of ['none.webp', 'bean', 'bean@other.example.webp', '..%2fx.webp']) {
      assert.deepEqual(await place(name), [404, null], name)
    }
    assertEmpty(await server.call('drive/files/delete', { fileId: file.id }, admin))
    assert.equal(bodyOf(await server.call('drive', {}, admin)).usage, text.size)
    assert.equal((await fetch(file.url)).status, 200)
    const next = await addFile(server, admin, { content: picture() })
    assertEmpty(await server.call('admin/emoji/update', { id: emoji.id, fileId: next.id }, admin))
    assert.equal(bodyOf(await server.call('emoji', { name: 'bean' }, alice)).url, next.url)
    assert.equal((await fetch(file.url)).status, 404)
    assertEmpty(await server.call('admin/emoji/delete', { id: emoji.id }, admin))
    assert.equal((await fetch(next.url)).status, 200)
  })
})
