import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addEmoji } from '../../src/core/change-emojis.ts'
import { onEachDatabase, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertHas, assertInvalid, bodyOf } from './expect.ts'
import { assertPages } from './paging.ts'
import { listen, NOBODY } from './relations.ts'

const url = 'https://cdn.example/bean.png'

/** Adds an emoji as an upload would and gives it. */
async function plant({ ctx }: TestServer, name: string, more: object = {}) {
  const emoji = await addEmoji(ctx, { name, url, ...more })
  if (typeof emoji === 'string') throw new Error(emoji)
  return emoji
}

const named = async (server: TestServer, name: string) => bodyOf(await server.call('emoji', { name }))
const list = async (server: TestServer, params: object = {}) =>
  bodyOf(await server.call('admin/emoji/list', params, server.admin))

onEachDatabase('custom emojis', (open) => {
  test('one is found by its name, with everything there is to know', async () => {
    await using server = await open()
    const plain = await plant(server, 'bean')
    const roleIds = ['rolegiven0000000']
    await plant(server, 'pod', { category: 'food', aliases: ['a', 'b'], license: 'CC0', isSensitive: true, roleIds })
    assert.deepEqual(await named(server, 'bean'), {
      ...{ id: plain.id, name: 'bean', aliases: [], category: null, host: null, url, license: null },
      ...{ localOnly: false, isSensitive: false, roleIdsThatCanBeUsedThisEmojiAsReaction: [] },
    })
    assertHas(await named(server, 'pod'), {
      ...{ category: 'food', aliases: ['a', 'b'], license: 'CC0', isSensitive: true },
      roleIdsThatCanBeUsedThisEmojiAsReaction: roleIds,
    })
    for (const name of ['Bean', 'nobody', '']) {
      const { status, body } = await server.call('emoji', { name })
      assert.deepEqual([status, body.error.code], [400, 'NO_SUCH_EMOJI'], name)
    }
  })

  test('a name is given once, also of many at once', async () => {
    await using server = await open()
    const made = await Promise.all(Array.from({ length: 10 }, () => addEmoji(server.ctx, { name: 'bean', url })))
    assert.equal(made.filter((one) => one === 'duplicateName').length, 9)
    assert.equal((await list(server)).length, 1)
  })

  test('is made of a file, and there is none', async () => {
    await using server = await open()
    const { admin } = server
    const add = (params: object) => server.call('admin/emoji/add', params, admin)
    assertError(await add({ name: 'bean', fileId: NOBODY }), 'admin/emoji/add', 'NO_SUCH_FILE')
    assertInvalid(await add({ name: 'a-b', fileId: NOBODY }), '#/properties/name/pattern')
    assertInvalid(await add({ name: 'bean', url }), '#/required')
    assert.deepEqual(await list(server), [])
  })

  test('is changed in what is given, by its id or its name', async () => {
    await using server = await open()
    const { admin } = server
    const bean = await plant(server, 'bean', { category: 'food', aliases: ['a'], license: 'CC0' })
    await plant(server, 'pod')
    const update = (params: object) => server.call('admin/emoji/update', params, admin)
    const heard = listen(server, 'emojis')
    assertEmpty(await update({ id: bean.id, category: null, isSensitive: true, aliases: ['b', 'c'] }))
    const common = { id: bean.id, license: 'CC0', isSensitive: true, aliases: ['b', 'c'], url }
    assertHas(await named(server, 'bean'), { ...common, category: null, localOnly: false })
    assertEmpty(await update({ name: 'bean', localOnly: true, roleIdsThatCanBeUsedThisEmojiAsReaction: ['r'] }))
    const more = { localOnly: true, roleIdsThatCanBeUsedThisEmojiAsReaction: ['r'] }
    assertHas(await named(server, 'bean'), { ...common, ...more })
    assertEmpty(await update({ id: bean.id, name: 'bean' }))
    assert.deepEqual(
      heard,
      Array.from({ length: 3 }, () => ({ type: 'emojis', change: 'updated', id: bean.id })),
    )

    heard.length = 0
    assertEmpty(await update({ id: bean.id, name: 'sprout', category: 'new' }))
    assertHas(await named(server, 'sprout'), { ...common, ...more, category: 'new' })
    assert.equal((await server.call('emoji', { name: 'bean' })).status, 400)
    assert.deepEqual(
      heard.map((event) => ('change' in event ? event.change : null)),
      ['deleted', 'added'],
    )

    for (const [params, code] of [
      [{ id: NOBODY, name: 'nope' }, 'NO_SUCH_EMOJI'],
      [{ name: 'nope', category: null }, 'NO_SUCH_EMOJI'],
      [{ id: bean.id, fileId: NOBODY }, 'NO_SUCH_FILE'],
      [{ id: bean.id, name: 'pod', category: 'lost' }, 'SAME_NAME_EMOJI_EXISTS'],
    ] as const) {
      assertError(await update(params), 'admin/emoji/update', code)
    }
    assertInvalid(await update({ category: 'x' }), '#/anyOf/0/required')
    assertHas(await named(server, 'sprout'), { id: bean.id, category: 'new' })
    assertHas(await named(server, 'pod'), { category: null })
  })

  test('is deleted, and its name is free', async () => {
    await using server = await open()
    const bean = await plant(server, 'bean')
    const remove = () => server.call('admin/emoji/delete', { id: bean.id }, server.admin)
    const heard = listen(server, 'emojis')
    assertEmpty(await remove())
    assertError(await remove(), 'admin/emoji/delete', 'NO_SUCH_EMOJI')
    const gone = heard.map((event) => 'emoji' in event && { ...event, emoji: { ...event.emoji } })
    assert.deepEqual(gone, [{ type: 'emojis', change: 'deleted', emoji: { ...bean } }])
    assert.deepEqual(bodyOf(await server.call('emojis')).emojis, [])
    await plant(server, 'bean')
  })

  test('are listed in pages, all or those with a text', async () => {
    await using server = await open()
    const ids: string[] = []
    for (let turn = 0; turn < 6; turn++) {
      ids.push((await plant(server, `bean${turn}`)).id)
      await plant(server, `pod${turn}`, turn === 3 ? { aliases: ['Edamame'], category: '京都' } : {})
    }
    await assertPages(server, 'admin/emoji/list', { query: 'BEAN' }, server.admin, ids)
    const whole = (await list(server, { limit: 100 })).map(({ id }: { id: string }) => id)
    assert.equal(whole.length, 12)
    await assertPages(server, 'admin/emoji/list', {}, server.admin, whole.reverse())
    const namesOf = async (query: string | null, limit = 100) =>
      (await list(server, { query, limit })).map(({ name }: { name: string }) => name)
    for (const text of ['damam', '京', 'pod3']) assert.deepEqual(await namesOf(text), ['pod3'], text)
    assert.deepEqual(await namesOf('nothing'), [])
    assert.deepEqual(await namesOf(null, 3), ['pod5', 'bean5', 'pod4'])
    assert.equal((await namesOf('')).length, 12)
  })
})
