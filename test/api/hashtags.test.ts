import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countTrend, trendCharts, trendingTags } from '../../src/db/queries/hashtag-trends.ts'
import { countTagUser, uncountTagUser } from '../../src/db/queries/hashtags.ts'
import { sweepOut } from '../../src/db/queries/sweep.ts'
import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertError, assertInvalid, assertShape, bodyOf } from './expect.ts'

const post = async (server: TestServer, params: object, as: Person): Promise<string> =>
  bodyOf(await server.call('notes/create', params, as)).createdNote.id

const search = async (server: TestServer, params: object, as: Person | null = null): Promise<string[]> =>
  bodyOf(await server.call('notes/search-by-tag', params, as)).map(({ id }: { id: string }) => id)

onEachDatabase('hashtags', (open) => {
  test('notes are found by hashtag in any spelling, by several, and by what else they have', async () => {
    await using server = await open()
    const { alice, bob } = server
    const root = await post(server, { text: 'no tag' }, bob)
    const tea = await post(server, { text: 'a cup of #Tea' }, alice)
    const reply = await post(server, { text: '#tea and #biscuits', replyId: root }, alice)
    const quote = await post(server, { text: '#tea', renoteId: root }, bob)
    const poll = await post(server, { text: '#milk in #tea?', poll: { choices: ['yes', 'no'] } }, bob)
    const wide = await post(server, { text: '#ﾃｽﾄ' }, bob)
    const direct = await post(server, { text: '#tea', visibility: 'specified', visibleUserIds: [bob.id] }, alice)
    const found = (params: object, as: Person | null = null) => search(server, params, as)
    assert.deepEqual(await found({ tag: 'tea' }), [poll, quote, reply, tea])
    assert.deepEqual(await found({ tag: 'TEA' }), [poll, quote, reply, tea])
    assert.deepEqual(await found({ tag: 'tea' }, bob), [direct, poll, quote, reply, tea])
    assert.deepEqual(await found({ tag: 'テスト' }), [wide])
    assert.deepEqual(await found({ tag: 'te' }), [])
    assert.deepEqual(await found({ query: [['tea', 'biscuits']] }), [reply])
    assert.deepEqual(await found({ query: [['biscuits', 'tea', 'Tea']] }), [reply])
    assert.deepEqual(await found({ query: [['biscuits'], ['milk', 'tea'], ['milk']] }), [poll, reply])
    assert.deepEqual(await found({ query: [['milk', 'biscuits']] }), [])
    assert.deepEqual(await found({ query: [['never seen', 'tea']] }), [])
    for (const [name, id] of [
      ['reply', reply],
      ['renote', quote],
      ['poll', poll],
    ] as const) {
      const without = [poll, quote, reply, tea].filter((one) => one !== id)
      assert.deepEqual(await found({ tag: 'tea', [name]: true }), [id], name)
      assert.deepEqual(await found({ tag: 'tea', [name]: false }), without, name)
      assert.deepEqual(await found({ tag: 'tea', [name]: null }), [poll, quote, reply, tea], name)
    }
    await server.ctx.transact((tx) => tx.updateTable('note').set({ hasFiles: true }).where('id', '=', tea).execute())
    assert.deepEqual(await found({ tag: 'tea', withFiles: true }), [tea])
    assert.deepEqual(await found({ tag: 'tea', limit: 1, untilId: poll }), [quote])
    assert.deepEqual(await found({ tag: 'tea', limit: 1, sinceId: tea }), [reply])
    assert.equal((await server.call('notes/delete', { noteId: poll }, bob)).status, 204)
    assert.deepEqual(await found({ query: [['milk']] }), [])
  })

  test('a search needs a hashtag, and not too many', async () => {
    await using server = await open()
    for (const [params, place] of [
      [{}, '#/anyOf/0/required'],
      [{ tag: '' }, '#/properties/tag/minLength'],
      [{ query: [] }, '#/properties/query/minItems'],
      [{ query: [[]] }, '#/properties/query/items/minItems'],
      [{ query: [Array(9).fill('a')] }, '#/properties/query/items/maxItems'],
      [{ query: Array(17).fill(['a']) }, '#/properties/query/maxItems'],
    ] as const) {
      assertInvalid(await server.call('notes/search-by-tag', params), place)
    }
    assert.deepEqual(await search(server, { query: Array(16).fill(Array.from('abcdefgh')) }), [])
  })

  test('are counted by the people who use them, each once, where everyone can read it', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    for (const as of [alice, alice, bob]) await post(server, { text: '#Tea #tea #teapot' }, as)
    await post(server, { text: '#tea', visibility: 'home' }, carol)
    for (const visibility of ['followers', 'specified']) await post(server, { text: '#teatime', visibility }, carol)
    const shown = bodyOf(await server.call('hashtags/show', { tag: 'TEA' }))
    assertShape(shown, 'Hashtag')
    assert.deepEqual([shown.tag, shown.mentionedUsersCount, shown.attachedUsersCount], ['tea', 3, 0])
    assertError(await server.call('hashtags/show', { tag: 'teatime' }), 'hashtags/show', 'NO_SUCH_HASHTAG')

    await post(server, { text: '#t #toast' }, bob)
    const names = async (params: object) => bodyOf(await server.call('hashtags/search', params))
    assert.deepEqual(await names({ query: 'T' }), ['tea', 'teapot', 't', 'toast'])
    assert.deepEqual(await names({ query: 'tea' }), ['tea', 'teapot'])
    assert.deepEqual(await names({ query: 't', limit: 2, offset: 1 }), ['teapot', 't'])
    assert.deepEqual(await names({ query: '' }), ['tea', 'teapot', 't', 'toast'])
    assert.deepEqual(await names({ query: '%' }), [])
    assert.deepEqual(await names({ query: 'te_' }), [])
  })

  test('are listed by use, and people by the hashtags of their profiles', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    await post(server, { text: '#a #b' }, alice)
    await post(server, { text: '#a' }, bob)
    await server.ctx.transact(async (tx) => {
      for (const { id } of [alice, bob, carol]) await countTagUser(tx, id, ['b', 'c'], 'attached')
      await countTagUser(tx, carol.id, ['b'], 'attached')
      await uncountTagUser(tx, carol.id, ['c', 'never'])
    })
    const names = async (params: object) =>
      bodyOf(await server.call('hashtags/list', params)).map(({ tag }: { tag: string }) => tag)
    assert.deepEqual(await names({ sort: '+mentionedUsers' }), ['a', 'b', 'c'])
    assert.deepEqual(await names({ sort: '-mentionedLocalUsers' }), ['c', 'b', 'a'])
    assert.deepEqual(await names({ sort: '+attachedUsers' }), ['b', 'c', 'a'])
    assert.deepEqual(await names({ sort: '+attachedUsers', limit: 1 }), ['b'])
    assert.deepEqual(await names({ sort: '+mentionedUsers', attachedToUserOnly: true }), ['b', 'c'])
    assert.deepEqual(await names({ sort: '+mentionedUsers', attachedToRemoteUserOnly: true }), [])
    const [b] = bodyOf(await server.call('hashtags/list', { sort: '+attachedUsers' }))
    assertShape(b, 'Hashtag')
    assert.deepEqual([b.mentionedUsersCount, b.attachedUsersCount, b.attachedLocalUsersCount], [1, 3, 3])

    bodyOf(await server.call('following/create', { userId: bob.id }, carol))
    const people = async (params: object, as: Person | null = null) =>
      bodyOf(await server.call('hashtags/users', params, as)).map(({ username }: { username: string }) => username)
    assert.deepEqual(await people({ tag: 'B', sort: '+createdAt' }), ['carol', 'bob', 'alice'])
    assert.deepEqual(await people({ tag: 'c', sort: '-createdAt' }), ['alice', 'bob'])
    assert.deepEqual((await people({ tag: 'b', sort: '+follower' }))[0], 'bob')
    assert.deepEqual(await people({ tag: 'b', sort: '+updatedAt' }), ['bob', 'alice'])
    assert.deepEqual(await people({ tag: 'b', sort: '-createdAt', state: 'alive' }), ['alice', 'bob'])
    assert.deepEqual(await people({ tag: 'b', sort: '-createdAt', limit: 1, offset: 1 }), ['bob'])
    assert.deepEqual(await people({ tag: 'b', sort: '-createdAt', origin: 'remote' }), [])
    assert.deepEqual(await people({ tag: 'a', sort: '-createdAt' }), [], 'notes are not the profile')
    await server.ctx.transact((tx) =>
      tx.updateTable('user').set({ isExplorable: false }).where('id', '=', alice.id).execute(),
    )
    assert.deepEqual(await people({ tag: 'c', sort: '-createdAt' }), ['bob'])
  })

  test('trend by the people who use them in these hours', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    for (const as of [alice, bob, carol]) await post(server, { text: '#everyone' }, as)
    for (let time = 0; time < 5; time++) await post(server, { text: '#loud' }, alice)
    await post(server, { text: '#secret', visibility: 'followers' }, alice)
    const trend = bodyOf(await server.call('hashtags/trend'))
    assert.deepEqual(
      trend.map(({ tag }: { tag: string }) => tag),
      ['everyone', 'loud'],
    )
    assert.equal(trend[0].chart.length, 20)
    // The ten minutes may end between two notes.
    const sum = (chart: number[]) => chart.reduce((one, other) => one + other)
    assert.ok(sum(trend[0].chart) === 3 && sum(trend[1].chart) >= 1 && sum(trend[1].chart) <= 2)
    assert.equal(trend[0].usersCount, Math.max(...trend[0].chart))
    const many = Array.from({ length: 12 }, (_, number) => `#many${number}`).join(' ')
    await post(server, { text: many }, carol)
    assert.equal(bodyOf(await server.call('hashtags/trend')).length, 10)
    assert.equal(
      (await fetch(`${server.origin}/api/hashtags/trend`)).headers.get('cache-control'),
      'public, max-age=60',
    )
  })

  test('a trend is over after the hour that follows it, its chart after two hundred minutes', async () => {
    await using server = await open()
    const { alice, bob } = server
    const { ctx } = server
    const start = Math.floor(Date.now() / HOUR) * HOUR
    await ctx.transact(async (tx) => {
      await countTrend(tx, alice.id, ['tea'], start)
      await countTrend(tx, bob.id, ['tea'], start + 10 * MINUTE)
      await countTrend(tx, bob.id, ['tea', 'new'], start + HOUR)
      await countTrend(tx, alice.id, ['new'], start + HOUR)
    })
    assert.deepEqual(await trendingTags(ctx.db, start, 10), ['tea'])
    assert.deepEqual(await trendingTags(ctx.db, start + HOUR, 10), ['tea', 'new'])
    assert.deepEqual(await trendingTags(ctx.db, start + 2 * HOUR, 10), ['new', 'tea'])
    assert.deepEqual(await trendingTags(ctx.db, start + 3 * HOUR, 10), [])
    const chart = async (now: number) => (await trendCharts(ctx.db, ['tea'], now)).get('tea')
    const none = (count: number) => Array(count).fill(0)
    assert.deepEqual(await chart(start + 10 * MINUTE), [1, 1, ...none(18)])
    assert.deepEqual(await chart(start + 199 * MINUTE), [...none(13), 1, ...none(4), 1, 1])
    assert.deepEqual(await chart(start + 300 * MINUTE), none(20))
    const rows = async () =>
      (await ctx.db.selectFrom('hashtagUse').select('tag').execute()).length +
      (await ctx.db.selectFrom('hashtagTrend').select('tag').execute()).length
    const before = await rows()
    await ctx.transact((tx) => sweepOut(tx, start + 2 * HOUR))
    assert.equal(await rows(), before)
    await ctx.transact((tx) => sweepOut(tx, start + DAY))
    assert.equal(await rows(), 0)
  })
})
