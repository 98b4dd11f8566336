import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { searchNotes } from '../../src/db/queries/note-search.ts'
import { indexedUpTo } from '../../src/db/queries/search-index.ts'
import { onEachDatabase, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertInvalid, assertShape, bodyOf } from './expect.ts'
import { FILLERS, fillIndex, found, openSearch, post } from './search.ts'

const texts: Record<string, { text: string; cw?: string }> = {
  kyoto: { text: '京都の猫はとても可愛い' },
  seoul: { text: '서울에 갑니다' },
  english: { text: 'The Quick brown fox, unbelievable' },
  french: { text: 'Déjà vu à la plage' },
  russian: { text: 'Привет, мир' },
  wide: { text: 'ＡＢＣ ｶﾀｶﾅ ①' },
  emoji: { text: 'party 🎉 time ❤️ 👨‍👩‍👧' },
  signs: { text: '100% sure_thing \\ "quoted" it\'s AND NOT OR * (x)' },
  lines: { text: 'first line\n  second line' },
  warned: { text: 'what is behind', cw: 'Spoiler Ahead' },
  short: { text: 'ok' },
}

const searches: [query: string, finds: string][] = [
  ['京都', 'kyoto'],
  ['猫', 'kyoto'],
  ['の猫は', 'kyoto'],
  ['京都の猫はとても可愛い', 'kyoto'],
  ['都京', ''],
  ['서울', 'seoul'],
  ['울', 'seoul'],
  ['갑니다', 'seoul'],
  ['quick', 'english'],
  ['QUICK BROWN', 'english'],
  ['believ', 'english'],
  ['ow', 'english'],
  ['n f', 'english'],
  ['fox,', 'english'],
  ['quick  \n brown', 'english'],
  [' quick ', 'english'],
  ['brown quick', ''],
  ['DÉJÀ', 'french'],
  ['ПРИВЕТ', 'russian'],
  ['вет, м', 'russian'],
  ['abc', 'wide'],
  ['ｂｃ', 'wide'],
  ['カタカナ', 'wide'],
  ['ﾀｶ', 'wide'],
  ['1', 'wide signs'],
  ['🎉', 'emoji'],
  ['❤', 'emoji'],
  ['❤️', 'emoji'],
  ['👧', 'emoji'],
  ['🎂', ''],
  ['100%', 'signs'],
  ['%', 'signs'],
  ['_', 'signs'],
  ['\\', 'signs'],
  ['sure_thing', 'signs'],
  ['sure%thing', ''],
  ['surexthing', ''],
  ['"quoted"', 'signs'],
  ["it's", 'signs'],
  ['AND NOT OR', 'signs'],
  ['*', 'signs'],
  ['(x)', 'signs'],
  ['line second', 'lines'],
  ['spoiler', 'warned'],
  ['behind', 'warned'],
  ['aheadwhat', ''],
  ['behind spoiler', ''],
  ['q', 'english signs'],
  ['z', ''],
  ['ok', 'short'],
  ['okay', ''],
]

onEachDatabase('notes/search', (open) => {
  test('finds any part of what is said, in any language and case, at once and when it is in the index', async () => {
    await using server = await open()
    await openSearch(server)
    const names = new Map<string, string>()
    for (const [name, params] of Object.entries(texts)) names.set(await post(server, server.alice, params), name)
    const check = async (when: string) => {
      for (const [query, finds] of searches) {
        const expected = finds.split(' ').filter(Boolean)
        const given = (await found(server, { query, userId: server.alice.id })).map((id) => names.get(id))
        assert.deepEqual(given, expected.toReversed(), `${JSON.stringify(query)} ${when}`)
        const everywhere = await found(server, { query, limit: 100 })
        const ours = everywhere.flatMap((id) => names.get(id) ?? [])
        assert.deepEqual(ours, expected.toReversed(), `${JSON.stringify(query)} everywhere, ${when}`)
      }
    }
    await check('at once')
    await fillIndex(server)
    await check('from the index')
    const [note] = bodyOf(await server.call('notes/search', { query: '京都' }, server.bob))
    assertShape(note, 'Note')
  })

  test('a note is found the moment it is posted, and not once it is deleted', async () => {
    await using server = await open()
    await openSearch(server)
    const { alice } = server
    const old = await post(server, alice, { text: 'marmalade old' })
    await fillIndex(server)
    const fresh = await post(server, alice, { text: 'marmalade new' })
    assert.deepEqual(await found(server, { query: 'marmalade' }), [fresh, old])
    assertEmpty(await server.call('notes/delete', { noteId: old }, alice))
    assert.deepEqual(await found(server, { query: 'marmalade' }), [fresh])
    assertEmpty(await server.call('notes/delete', { noteId: fresh }, alice))
    assert.deepEqual(await found(server, { query: 'marmalade' }), [])
    const again = await post(server, alice, { text: 'marmalade again' })
    await fillIndex(server)
    assert.deepEqual(await found(server, { query: 'marmalade' }), [again])
  })

  test('pure renotes are not found, quotes are', async () => {
    await using server = await open()
    await openSearch(server)
    const note = await post(server, server.bob, { text: 'apricot' })
    await post(server, server.alice, { renoteId: note })
    const quote = await post(server, server.alice, { renoteId: note, text: 'yes, apricot' })
    assert.deepEqual(await found(server, { query: 'apricot' }), [quote, note])
  })

  test('goes by author, channel and host', async () => {
    await using server = await open()
    await openSearch(server)
    const { alice, bob, ctx } = server
    const channelId = ctx.ids.next()
    await ctx.transact((tx) =>
      tx.insertInto('channel').values({ id: channelId, name: 'fruit', pinnedNoteIds: '[]' }).execute(),
    )
    const hers = await post(server, alice, { text: 'a quince' })
    const his = await post(server, bob, { text: 'a quince' })
    const there = await post(server, bob, { text: 'a quince', channelId })
    const check = async () => {
      const own = new URL(server.origin).host
      for (const [params, expected] of [
        [{}, [there, his, hers]],
        [{ userId: null, channelId: null, host: null }, [there, his, hers]],
        [{ userId: alice.id }, [hers]],
        [{ userId: bob.id }, [there, his]],
        [{ channelId }, [there]],
        [{ userId: alice.id, channelId }, []],
        [{ userId: bob.id, channelId }, [there]],
        [{ userId: 'aaaaaaaaaaaaaaaa' }, []],
        [{ host: '.' }, [there, his, hers]],
        [{ host: own }, [there, his, hers]],
        [{ host: 'example.com' }, []],
      ] as const) {
        assert.deepEqual(await found(server, { query: 'quince', ...params }), expected, JSON.stringify(params))
        assert.deepEqual(await found(server, { query: 'q', ...params }), expected, `q ${JSON.stringify(params)}`)
      }
    }
    await check()
    await fillIndex(server)
    await check()
  })

  test('pages by id and date, across what is in the index and what is not', async () => {
    await using server = await open()
    await openSearch(server)
    const made: string[] = []
    for (let number = 0; number < 6; number++) made.push(await post(server, server.alice, { text: 'one pomelo' }))
    await fillIndex(server)
    for (let number = 0; number < 6; number++) made.push(await post(server, server.alice, { text: 'one pomelo' }))
    const down = made.toReversed()
    const [third, eighth] = [made[2]!, made[7]!]
    for (const query of ['pomelo', 'p']) {
      for (const [params, expected] of [
        [{}, down.slice(0, 10)],
        [{ limit: 100 }, down],
        [{ limit: 2 }, down.slice(0, 2)],
        [{ limit: 2, offset: 5 }, down.slice(5, 7)],
        [{ untilId: eighth, limit: 4 }, made.slice(3, 7).reverse()],
        [{ untilId: third }, made.slice(0, 2).reverse()],
        [{ sinceId: third, limit: 6 }, made.slice(3, 9)],
        [{ sinceId: eighth, limit: 2 }, made.slice(8, 10)],
        [{ sinceId: third, untilId: eighth }, made.slice(3, 7).reverse()],
        [{ sinceId: down[0] }, []],
        [{ untilId: made[0] }, []],
        [{ sinceDate: 0, limit: 3 }, made.slice(0, 3)],
        [{ untilDate: 0 }, []],
        [{ untilDate: Date.now() + 60_000, limit: 1 }, down.slice(0, 1)],
      ] as const) {
        const given = await found(server, { query, userId: server.alice.id, ...params })
        assert.deepEqual(given, expected, `${query} ${JSON.stringify(params)}`)
        assert.deepEqual(query === 'p' ? expected : await found(server, { query, ...params }), expected)
      }
    }
    for (const [params, place] of [
      [{}, 'required'],
      [{ query: 1 }, 'properties/query/type'],
      [{ query: 'x', limit: 101 }, 'properties/limit/maximum'],
      [{ query: 'x', offset: -1 }, 'properties/offset/minimum'],
    ] as const) {
      assertInvalid(await server.call('notes/search', params, server.alice), `#/${place}`)
    }
  })

  test('is for those whose policies allow it, as those of an administrator need not', async () => {
    await using server = await open()
    const { alice, admin } = server
    await post(server, alice, { text: 'gooseberry' })
    const refused = async (person: TestServer['alice'] | null) =>
      assertError(await server.call('notes/search', { query: 'gooseberry' }, person), 'notes/search', 'UNAVAILABLE')
    await refused(alice)
    await refused(null)
    await refused(admin)
    await openSearch(server)
    assert.equal((await found(server, { query: 'gooseberry' }, admin)).length, 1)
    assert.equal((await found(server, { query: 'gooseberry' }, alice)).length, 1)
    assert.equal((await found(server, { query: 'gooseberry' }, null)).length, 1)
    await changeSettings(server.ctx, { policies: { canSearchNotes: false } })
    await refused(alice)
  })

  test('finds the same, however small the parts in which it goes through the index', async () => {
    await using server = await open()
    const { alice, ctx } = server
    const made: string[] = []
    for (let number = 0; number < 12; number++) {
      made.push(await post(server, alice, { text: number % 3 === 0 ? 'one medlar' : 'something else' }))
    }
    assertEmpty(await server.call('notes/delete', { noteId: made[5] }, alice))
    await fillIndex(server)
    const ids = made.filter((_, number) => number % 3 === 0)
    const search = { query: 'medlar', userId: null, channelId: null }
    for (const span of [1, 2, 3, 5, 64, 1000]) {
      for (const limit of [1, 2, 10]) {
        const page = { limit, since: null, until: null }
        const down = await searchNotes(ctx.db, alice.id, search, { ...page, order: 'desc' }, { span })
        assert.deepEqual(down, ids.toReversed().slice(0, limit), `down by ${span}`)
        const up = await searchNotes(ctx.db, alice.id, search, { ...page, order: 'asc' }, { span })
        assert.deepEqual(up, ids.slice(0, limit), `up by ${span}`)
        const between = { ...page, since: ids[0]!, until: ids[3]!, order: 'desc' } as const
        const some = await searchNotes(ctx.db, alice.id, search, between, { span })
        assert.deepEqual(some, ids.slice(1, 3).toReversed().slice(0, limit), `between by ${span}`)
      }
    }
  })

  test('goes on after the server was emptied', async () => {
    await using server = await open()
    await openSearch(server)
    await post(server, server.alice, { text: 'damson' })
    await fillIndex(server)
    assertEmpty(await server.call('reset-db'))
    await openSearch(server)
    assert.deepEqual(await found(server, { query: 'damson' }), [])
    assert.equal(await indexedUpTo(server.ctx.db), '')
    const id = await post(server, server.alice, { text: 'damson' })
    const [bob] = await server.ctx.db.selectFrom('user').select('id').where('username', '=', 'bob').execute()
    await fillIndex(server, bob!.id)
    assert.deepEqual(await found(server, { query: 'damson' }), [id])
  })

  test('whatever is searched for, there is an answer soon', async () => {
    await using server = await open()
    await openSearch(server)
    const { alice } = server
    const longest = 'the options '.repeat(250)
    await post(server, alice, { text: longest })
    await post(server, alice, { text: '\uFDFA'.repeat(3000) })
    await fillIndex(server)
    for (const [query, finds] of [
      ['', FILLERS + 2],
      ['   ', FILLERS + 2],
      [longest, 1],
      [`${longest}x`, 0],
      ['options '.repeat(300), 0],
      ['\uFDFA', 1],
      ['%'.repeat(3000), 0],
      ['{1,2}', 0],
      ["') or 1=1 --", 0],
      ['§', FILLERS],
      ['x'.repeat(100_000), 0],
      [Array.from({ length: 100 }, (_, at) => String.fromCodePoint(0x61 + (at % 26))).join(' '), 0],
    ] as const) {
      const before = performance.now()
      const given = await found(server, { query, limit: 100 })
      const took = performance.now() - before
      assert.ok(given.length === finds, `${query.slice(0, 20)}: ${given.length}`)
      assert.ok(took < 2000, `${query.slice(0, 20)}: ${took} ms`)
    }
  })
})
