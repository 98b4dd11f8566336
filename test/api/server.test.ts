import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeSettings } from '../../src/core/settings.ts'
import { toJson } from '../../src/db/schema/json.ts'
import { onEachDatabase, readAnswer, type TestServer } from '../server.ts'
import { assertEmpty, assertHas, assertInvalid, assertShape, bodyOf } from './expect.ts'

const get = async (server: TestServer, path: string, headers: Record<string, string> = {}) =>
  readAnswer(await fetch(`${server.origin}${path}`, { headers }))

onEachDatabase('the server about itself', (open) => {
  test('meta has every key clients look for, in short and at length', async () => {
    await using server = await open()
    const long = bodyOf(await server.call('meta'))
    assertShape(long, 'MetaLite', 'metaDetail')
    assertShape(long.features, 'metaFeatures')
    assertShape(long.policies, 'RolePolicies')
    assert.deepEqual(bodyOf(await server.call('meta', { detail: true })), long)
    const short = bodyOf(await server.call('meta', { detail: false }))
    assertShape(short, 'MetaLite')
    assertHas(long, short)
    assertHas(long, {
      uri: server.origin,
      maxNoteTextLength: 3000,
      ads: [],
      langs: [],
      federation: 'none',
      disableRegistration: true,
      emailRequiredForSignup: false,
      requireSetup: false,
      mediaProxy: `${server.origin}/proxy`,
      maxFileSize: 30 * 1024 * 1024,
    })
    assert.match(long.version, /^2026\.5\.1-mamekey\.\d+\.\d+\.\d+$/)
    assertHas(long.features, { miauth: true, registration: false, localTimeline: true, hcaptcha: false })
  })

  test('meta follows what the administrator sets', async () => {
    await using server = await open()
    const changes = {
      name: 'Bean',
      description: 'small',
      registration: 'open',
      policies: { gtlAvailable: false },
    } as const
    await changeSettings(server.ctx, changes)
    const { features, policies, ...meta } = bodyOf(await server.call('meta'))
    assertHas(meta, { name: 'Bean', description: 'small', disableRegistration: false })
    assertHas(features, { registration: true, globalTimeline: false })
    assertHas(policies, { gtlAvailable: false, ltlAvailable: true })
  })

  test('what may be fetched by GET says how long it keeps, to the anonymous only', async () => {
    await using server = await open()
    for (const [path, seconds] of [
      ['meta?detail=false', 60],
      ['emojis', 3600],
    ] as const) {
      const anonymous = await get(server, `/api/${path}`)
      assert.equal(anonymous.headers.get('cache-control'), `public, max-age=${seconds}`)
      assert.deepEqual(anonymous.body, bodyOf(await server.call(path.replace('?detail=false', ''), { detail: false })))
      const signedIn = await get(server, `/api/${path}`, { authorization: `Bearer ${server.alice.token}` })
      assert.equal(signedIn.headers.get('cache-control'), 'private, max-age=0, must-revalidate')
    }
    const posted = await server.call('meta')
    assert.equal(posted.headers.get('cache-control'), 'private, max-age=0, must-revalidate')
    assert.equal((await get(server, '/api/ping')).status, 405)
  })

  test('emojis come by category and name, without what is not so', async () => {
    await using server = await open()
    const emoji = (id: string, name: string, category: string | null, more: object = {}) => ({
      id,
      name,
      category,
      aliases: toJson(['smile']),
      url: `https://cdn.example/${name}.png`,
      license: null,
      localOnly: false,
      isSensitive: false,
      roleIds: toJson([]),
      ...more,
    })
    const rows = [
      emoji('1', 'zebra', 'animals'),
      emoji('2', 'bean', 'food', { localOnly: true, isSensitive: true, roleIds: toJson(['r1']) }),
      emoji('3', 'apple', 'food'),
      emoji('4', 'plain', null),
    ]
    await server.ctx.transact((tx) => tx.insertInto('emoji').values(rows).execute())
    const { emojis } = bodyOf(await server.call('emojis'))
    assert.deepEqual(
      emojis.map(({ name }: { name: string }) => name),
      ['zebra', 'apple', 'bean', 'plain'],
    )
    for (const one of emojis) assertShape(one, 'EmojiSimple')
    const common = { category: 'food', aliases: ['smile'] }
    assert.deepEqual(emojis[1], { name: 'apple', url: 'https://cdn.example/apple.png', ...common })
    assertHas(emojis[2], { localOnly: true, isSensitive: true, roleIdsThatCanBeUsedThisEmojiAsReaction: ['r1'] })
  })

  test('the list of endpoints, and the parameters of one', async () => {
    await using server = await open()
    const names: string[] = bodyOf(await server.call('endpoints'))
    assert.deepEqual(names, names.toSorted())
    for (const name of ['i', 'meta', 'notes/create', 'endpoints']) assert.ok(names.includes(name), name)
    const { params } = bodyOf(await server.call('endpoint', { endpoint: 'notes/create' }))
    const types = Object.fromEntries(params.map(({ name, type }: { name: string; type: string }) => [name, type]))
    const expected = {
      visibility: 'String',
      visibleUserIds: 'Array',
      localOnly: 'Boolean',
      text: 'String',
      poll: 'Object',
    }
    assertHas(types, expected)
    assert.deepEqual(bodyOf(await server.call('endpoint', { endpoint: 'ping' })), { params: [] })
    assertEmpty(await server.call('endpoint', { endpoint: 'nope' }))
    assertInvalid(await server.call('endpoint'), '#/required')
  })

  test('ping tells the time', async () => {
    await using server = await open()
    const before = Date.now()
    const { pong } = bodyOf(await server.call('ping', { unknown: 'ignored' }))
    assert.ok(pong >= before && pong <= Date.now())
  })

  test('nodeinfo says what kind of server this is', async () => {
    await using server = await open({ settings: { software: 'beans' } })
    bodyOf(await server.call('notes/create', { text: 'counted' }, server.alice))
    await changeSettings(server.ctx, { name: 'Bean', repositoryUrl: 'https://code.example/bean' })
    const { links } = bodyOf(await get(server, '/.well-known/nodeinfo'))
    assert.deepEqual(
      links.map(({ rel }: { rel: string }) => rel.split('/').at(-1)),
      ['2.1', '2.0'],
    )
    for (const { rel, href } of links) {
      const version = rel.split('/').at(-1)
      assert.equal(href, `${server.origin}/nodeinfo/${version}`)
      const answer = await get(server, new URL(href).pathname)
      const { software, usage, metadata, ...rest } = bodyOf(answer)
      assert.deepEqual(rest, {
        version,
        protocols: [],
        services: { inbound: [], outbound: [] },
        openRegistrations: false,
      })
      assertHas(software, {
        name: 'beans',
        version: bodyOf(await server.call('meta')).version,
        // Only the newer of the two has a place for it.
        repository: version === '2.1' ? 'https://code.example/bean' : 'absent',
      })
      assert.equal(usage.users.total, 4)
      assert.equal(usage.localPosts, 1)
      assertHas(metadata, { nodeName: 'Bean' })
      assert.ok(answer.headers.get('content-type')?.includes(`profile="${rel}#"`))
    }
  })

  test('healthz says that it can serve', async () => {
    await using server = await open()
    assert.equal((await get(server, '/healthz')).status, 200)
  })

  test('reset-db goes back to the seed, and only where that was allowed', async () => {
    await using server = await open({ settings: { registration: 'open' } })
    const { alice } = server
    bodyOf(await server.call('notes/create', { text: 'forgotten' }, alice))
    const dora = bodyOf(await server.call('signup', { username: 'dora', password: 'a password' }))
    await changeSettings(server.ctx, { name: 'Bean' })
    assertEmpty(await server.call('reset-db'))
    assert.deepEqual(bodyOf(await server.call('notes/local-timeline')), [])
    assertHas(bodyOf(await server.call('meta')), { name: null, requireSetup: false })
    assertHas(bodyOf(await server.call('i', {}, alice)), { username: 'alice', notesCount: 0, isAdmin: false })
    assertHas(bodyOf(await server.call('i', {}, server.admin)), { isAdmin: true })
    assert.equal((await server.call('i', {}, dora.token)).status, 401)
    bodyOf(await server.call('notes/create', { text: 'again' }, alice.appToken))
    bodyOf(await server.call('signup', { username: 'dora', password: 'a password' }))

    await using careful = await open({ settings: { 'allow-reset': 'off' } })
    const refused = await careful.call('reset-db', {}, careful.admin)
    assert.deepEqual([refused.status, refused.body.error.code], [403, 'RESET_NOT_ALLOWED'])
    assert.equal(bodyOf(await careful.call('i', {}, careful.alice)).username, 'alice')
  })
})
