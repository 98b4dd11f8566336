import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { setSuspended } from '../../src/db/queries/users.ts'
import { until } from '../jobs/waiting.ts'
import { onEachDatabase, type Person, type TestServer } from '../server.ts'
import { assertEmpty, assertHas, assertInvalid, assertShape, bodyOf } from './expect.ts'

const DAY = 86_400_000

interface Changes {
  name?: string
  description?: string
  /** Days since they last did something. */
  idle?: number
}

/** Makes a person, or changes one that is there; gives their id. */
async function enter(server: TestServer, username: string, { name, description, idle }: Changes): Promise<string> {
  const known = bodyOf(await server.call('users/search-by-username-and-host', { username, limit: 1 }))[0]
  const signup = async () => (await server.call('signup', { username, password: 'a password' })).body.id as string
  const id = known?.username === username ? (known.id as string) : await signup()
  const changed = {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(idle !== undefined && { updatedAt: Date.now() - idle * DAY }),
  }
  await server.ctx.transact((tx) => tx.updateTable('user').set(changed).where('id', '=', id).execute())
  return id
}

const named = async (server: TestServer, path: string, params: object, as: Person | null): Promise<string> =>
  bodyOf(await server.call(path, params, as))
    .map(({ username }: { username: string }) => username)
    .join(' ')

const search = (server: TestServer, params: object, as: Person | null = null) =>
  named(server, 'users/search', params, as)
const typed = (server: TestServer, params: object, as: Person | null = null) =>
  named(server, 'users/search-by-username-and-host', params, as)

/** Waits until everybody is in the search index as they are. */
async function indexed({ ctx }: TestServer): Promise<void> {
  ctx.bus.publish({ type: 'gap' })
  await until(async () => (await ctx.db.selectFrom('searchUserQueue').selectAll().execute()).length === 0)
}

/** Runs a check at once and when everybody is in the search index. */
async function beforeAndAfter(server: TestServer, check: (when: string) => Promise<void>): Promise<void> {
  await check('at once')
  await indexed(server)
  await check('from the index')
}

const open_ = { settings: { registration: 'open' } }

onEachDatabase('users/search', (open) => {
  test('finds by a part of the name or username, then of the description, those active last first', async () => {
    await using server = await open(open_)
    await enter(server, 'neko_a', { name: '京都の猫', idle: 3 })
    await enter(server, 'neko_b', { name: 'Mountain CAT', description: 'I like 京都', idle: 2 })
    await enter(server, 'dog', { name: '서울 사람', description: 'not a neko', idle: 1 })
    await enter(server, 'never', { name: 'Ｆｕｌｌ ｗｉｄｔｈ', description: '100% x_y' })
    await enter(server, 'gone', { name: 'neko of old', idle: 31 })
    await beforeAndAfter(server, async (when) => {
      for (const [query, expected] of [
        ['neko', 'neko_b neko_a dog'],
        ['NEKO_', 'neko_b neko_a'],
        [' neko_a ', 'neko_a'],
        ['eko', 'neko_b neko_a dog'],
        ['猫', 'neko_a'],
        ['京都', 'neko_a neko_b'],
        ['서울', 'dog'],
        ['mountain c', 'neko_b'],
        ['full', 'never'],
        ['100%', 'never'],
        ['%', 'never'],
        ['g', 'dog'],
        ['nothing', ''],
        ['@neko', 'neko_b neko_a'],
        ['@NEKO_A', 'neko_a'],
        ['@eko', ''],
        ['@n', 'neko_b neko_a never'],
        ['@', 'dog neko_b neko_a carol bob alice admin never'],
        ['x'.repeat(5000), ''],
      ] as const) {
        const given = await search(server, { query })
        const sorted = (names: string) => names.split(' ').sort().join(' ')
        if (query === '@') assert.equal(sorted(given), sorted(expected))
        else assert.equal(given, expected, `${query.slice(0, 20)} ${when}`)
      }
    })
  })

  test('changes are found at once, and what was before is not', async () => {
    await using server = await open(open_)
    const check = async (finds: string, findsNot: string) => {
      await beforeAndAfter(server, async (when) => {
        assert.equal(await search(server, { query: finds }), 'alice', when)
        assert.equal(await search(server, { query: findsNot }), '', when)
      })
    }
    await enter(server, 'alice', { name: 'Papaya' })
    await check('papaya', 'tamarind')
    await enter(server, 'alice', { name: 'Tamarind' })
    await check('tamarind', 'papaya')
    await enter(server, 'alice', { name: '', description: 'papaya' })
    await check('papaya', 'tamarind')
  })

  test('people who change at the same time are put into the index anew, and nobody else is hindered', async () => {
    await using server = await open()
    await indexed(server)
    const ids = [server.alice.id, server.bob.id, server.carol.id]
    await server.ctx.transact((tx) => tx.updateTable('user').set({ name: 'Quince' }).where('id', 'in', ids).execute())
    await indexed(server)
    assertEmpty(await server.call('notifications/flush', {}, server.alice))
    assert.deepEqual((await search(server, { query: 'quince' })).split(' ').sort(), ['alice', 'bob', 'carol'])
  })

  test('leaves out the muted and the suspended, not the blocked', async () => {
    await using server = await open(open_)
    const { alice, bob, carol, ctx } = server
    await beforeAndAfter(server, async () => assert.equal(await search(server, { query: 'bob' }, alice), 'bob'))
    const muting = { id: ctx.ids.next(), muterId: alice.id, muteeId: bob.id, expiresAt: null }
    const blocking = { id: ctx.ids.next(), blockerId: bob.id, blockeeId: carol.id }
    await ctx.transact(async (tx) => {
      await tx.insertInto('muting').values(muting).execute()
      await tx.insertInto('blocking').values(blocking).execute()
    })
    assert.equal(await search(server, { query: 'bob' }, alice), '')
    assert.equal(await search(server, { query: '@bob' }, alice), '')
    assert.equal(await search(server, { query: 'bob' }, carol), 'bob')
    assert.equal(await search(server, { query: 'bob' }), 'bob')
    await ctx.transact((tx) => setSuspended(tx, bob.id, true))
    assert.equal(await search(server, { query: 'bob' }, carol), '')
    assert.equal(await typed(server, { username: 'bob' }, carol), '')
  })

  test('pages by offset, in both forms, of this server alone', async () => {
    await using server = await open(open_)
    for (const number of [1, 2, 3]) await enter(server, `fig${number}`, { idle: number })
    await enter(server, 'grower', { description: 'figs', idle: 0 })
    for (const [params, expected] of [
      [{}, 'fig1 fig2 fig3 grower'],
      [{ limit: 2 }, 'fig1 fig2'],
      [{ limit: 2, offset: 1 }, 'fig2 fig3'],
      [{ limit: 2, offset: 3 }, 'grower'],
      [{ offset: 4 }, ''],
      [{ origin: 'local' }, 'fig1 fig2 fig3 grower'],
      [{ origin: 'remote' }, ''],
    ] as const) {
      assert.equal(await search(server, { query: 'fig', ...params }), expected, JSON.stringify(params))
    }
    const [detailed] = bodyOf(await server.call('users/search', { query: 'bob' }, server.alice))
    assertHas(detailed, { isFollowing: false, notesCount: 0, isAdmin: 'absent' })
    const [own] = bodyOf(await server.call('users/search', { query: 'alice' }, server.alice))
    assertHas(own, { isFollowing: 'absent', notesCount: 0, isAdmin: false })
    for (const path of ['users/search', 'users/search-by-username-and-host']) {
      const [lite] = bodyOf(await server.call(path, { query: 'bob', username: 'bob', detail: false }))
      assertShape(lite, 'UserLite')
    }
    assertInvalid(await server.call('users/search', { query: 'x', offset: -1 }), '#/properties/offset/minimum')
    assertInvalid(await server.call('users/search', {}), '#/required')
  })

  test('is for those whose policies allow it, and the anonymous are everyone', async () => {
    await using server = await open()
    const refused = async (as: Person | null) => {
      const { status, body } = await server.call('users/search', { query: 'bob' }, as)
      assert.deepEqual([status, body.error.id], [403, '7f86f06f-7e15-4057-8561-f4b6d4ac755a'])
    }
    assert.equal(await search(server, { query: 'bob' }), 'bob')
    await changeSettings(server.ctx, { policies: { canSearchUsers: false } })
    await refused(null)
    await refused(server.alice)
    assert.equal(await search(server, { query: 'bob' }, server.admin), 'bob')
    assert.equal(await typed(server, { username: 'bob' }), 'bob')
  })
})

onEachDatabase('users/search-by-username-and-host', (open) => {
  test('those one follows come first, the active before the others, each by name', async () => {
    await using server = await open(open_)
    const { alice } = server
    const people: [username: string, idle: number | undefined, isFollowed: boolean][] = [
      ['plum_followed_idle', 40, true],
      ['plum_followed_active', 1, true],
      ['plum_followed_never', undefined, true],
      ['plum_z_active', 1, false],
      ['plum_b_active', 2, false],
      ['plum_a_idle', 31, false],
      ['plum_never', undefined, false],
      ['pear', 1, true],
    ]
    for (const [username, idle, isFollowed] of people) {
      const userId = await enter(server, username, { ...(idle !== undefined && { idle }), name: 'x' })
      if (isFollowed) bodyOf(await server.call('following/create', { userId }, alice))
    }
    const inOrder = [
      'plum_followed_active',
      'plum_followed_idle',
      'plum_followed_never',
      'plum_b_active',
      'plum_z_active',
      'plum_a_idle',
    ]
    const own = new URL(server.origin).host
    for (const [params, expected] of [
      [{ username: 'plum' }, inOrder],
      [{ username: 'PLUM_' }, inOrder],
      [{ username: 'plum', limit: 4 }, inOrder.slice(0, 4)],
      [{ username: 'plum', host: '.' }, inOrder],
      [{ username: 'plum', host: own.toUpperCase() }, inOrder],
      [{ username: 'plum', host: null }, inOrder],
      [{ username: 'plum', host: 'example.com' }, []],
      [{ username: 'lum' }, []],
      [{ username: '%' }, []],
      [{ username: 'plumX' }, []],
      [{ username: 'plum~' }, []],
    ] as const) {
      assert.equal(await typed(server, params, alice), expected.join(' '), JSON.stringify(params))
    }
    assert.equal(await typed(server, { host: '.', limit: 2 }, alice), 'pear plum_followed_active')
    assert.equal(await typed(server, { username: null, limit: 1 }, alice), 'pear')
    const anonymous = [
      ...['plum_b_active', 'plum_followed_active', 'plum_z_active'],
      ...['plum_a_idle', 'plum_followed_idle', 'plum_followed_never', 'plum_never'],
    ]
    assert.equal(await typed(server, { username: 'plum' }), anonymous.join(' '))
    assertInvalid(await server.call('users/search-by-username-and-host', {}), '#/anyOf/0/required')
  })
})
