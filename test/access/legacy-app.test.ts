import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Answer, onEachDatabase, type TestServer } from '../server.ts'
import { accept, begin, legacyForm, obtain, register, userkey } from './legacy-flow.ts'

const errorOf = ({ status, body }: Answer) => [status, body.error?.code, body.error?.id]

const noSuchApp = {
  show: [400, 'NO_SUCH_APP', 'dce83913-2dc6-4093-8a7b-71dbb11718a3'],
  generate: [400, 'NO_SUCH_APP', '92f93e63-428e-4f2f-a5a4-39e1407fe998'],
  userkey: [400, 'NO_SUCH_APP', 'fcab192a-2c5a-43b7-8ad8-9b7054d8d40d'],
}
const noSuchSession = {
  show: [400, 'NO_SUCH_SESSION', 'bd72c97d-eba7-4adb-a467-f171b8847250'],
  accept: [400, 'NO_SUCH_SESSION', '9c72d8de-391a-43c1-9d06-08d29efde8df'],
  userkey: [400, 'NO_SUCH_SESSION', '5b5a1503-8bc8-4bd0-8054-dc189e8cdcb3'],
}
const pendingSession = [400, 'PENDING_SESSION', '8c8a4145-02cc-4cca-8e66-29ba60445a8e']

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Lets the time of every session and of what waits to be claimed pass. */
const letTimePass = ({ ctx }: TestServer) =>
  ctx.transact(async (tx) => {
    await tx.updateTable('authSession').set({ expiresAt: Date.now() }).execute()
    await tx.updateTable('grant').set({ claimableUntil: Date.now() }).where('claimableUntil', 'is not', null).execute()
  })

onEachDatabase('Registered applications', (open) => {
  test('are shown as clients know them, the secret once', async () => {
    await using server = await open()
    const { alice, bob } = server
    const wanted = {
      name: 'Rec App',
      description: 'd',
      permission: ['read:account'],
      callbackUrl: 'https://a.example/?x=1',
    }
    const { status, body: app } = await server.call('app/create', wanted)
    assert.equal(status, 200)
    assert.match(app.secret, /^[0-9A-Za-z]{32}$/)
    const { description: _, ...shown } = { ...wanted, id: app.id }
    assert.deepEqual(app, { ...shown, secret: app.secret })
    assert.deepEqual((await server.call('app/show', { appId: app.id })).body, shown)
    const { body: own } = await server.call('app/create', { name: 'Own', description: '', permission: [] }, alice)
    assert.equal(own.callbackUrl, null)
    assert.equal(own.isAuthorized, false)
    const { secret: __, ...ownShown } = own
    for (const person of [alice, bob]) {
      assert.deepEqual((await server.call('app/show', { appId: own.id }, person)).body, ownShown)
    }
    assert.deepEqual(errorOf(await server.call('app/show', { appId: 'aaaaaaaaaaaaaaaa' })), noSuchApp.show)
  })

  test('are listed for whom they belong to', async () => {
    await using server = await open()
    const { alice, bob } = server
    const ids = []
    for (let n = 0; n < 12; n++) ids.push((await register(server, { name: `app ${n}` }, alice)).id)
    await register(server, {}, bob)
    await register(server)
    const listed = async (params: object) =>
      (await server.call('my/apps', params, alice)).body.map(({ id }: { id: string }) => id)
    assert.deepEqual(await listed({}), ids.slice(0, 10))
    assert.deepEqual(await listed({ limit: 5, offset: 9 }), ids.slice(9))
    const { body } = await server.call('my/apps', { limit: 1 }, alice.appToken)
    assert.deepEqual(Object.keys(body[0]).sort(), ['callbackUrl', 'id', 'isAuthorized', 'name', 'permission'])
  })

  test('have permissions by the names of today, and keep names nobody knows', async () => {
    await using server = await open()
    const cases: [given: string[], kept: string[]][] = [
      [
        ['account-read', 'account/write'],
        ['read:account', 'write:account'],
      ],
      [['account-read', 'account/read', 'read:account'], ['read:account']],
      [
        ['user-groups-read', 'user-groups/write'],
        ['read:user-groups', 'write:user-groups'],
      ],
      [
        ['read:messaging', 'note-write', 'frobnicate', 'a b'],
        ['read:messaging', 'write:note', 'frobnicate', 'a b'],
      ],
      [
        ['account-reading', '-read', 'read-account', ''],
        ['account-reading', '-read', 'read-account', ''],
      ],
      [[], []],
    ]
    for (const [permission, kept] of cases) {
      const app = await register(server, { permission })
      assert.deepEqual((await server.call('app/show', { appId: app.id })).body.permission, kept)
      const { body } = await server.call('auth/session/show', { token: await begin(server, app) })
      assert.deepEqual(body.app.permission, kept)
    }
  })

  test('that could not be kept are refused', async () => {
    await using server = await open()
    const fits = {
      name: 'n'.repeat(128),
      description: 'd'.repeat(512),
      permission: ['p'.repeat(64)],
      callbackUrl: 'c'.repeat(512),
    }
    const app = await register(server, fits)
    assert.equal((await server.call('app/show', { appId: app.id })).body.callbackUrl, fits.callbackUrl)
    const wrong: [object, param: string][] = [
      [{ name: 'n'.repeat(129) }, '#/properties/name/maxLength'],
      [{ name: undefined }, '#/required'],
      [{ description: 'd'.repeat(513) }, '#/properties/description/maxLength'],
      [{ description: undefined }, '#/required'],
      [{ permission: ['p'.repeat(65)] }, '#/properties/permission/items/maxLength'],
      [{ permission: ['read:account', 'read:account'] }, '#/properties/permission/uniqueItems'],
      [{ permission: undefined }, '#/required'],
      [{ callbackUrl: 'c'.repeat(513) }, '#/properties/callbackUrl/maxLength'],
    ]
    for (const [change, param] of wrong) {
      const { status, body } = await server.call('app/create', { ...fits, ...change })
      assert.deepEqual([status, body.error?.code, body.error?.info?.param], [400, 'INVALID_PARAM', param])
    }
  })

  test('cannot be registered by the thousand', async () => {
    await using server = await open({ settings: { 'rate-limits': 'on' } })
    for (let n = 0; n < 60; n++) await register(server)
    const refused = await server.call('app/create', { name: 'a', description: '', permission: [] })
    assert.equal(refused.status, 429)
    assert.equal(refused.body.error.code, 'RATE_LIMIT_EXCEEDED')
  })
})

onEachDatabase('The legacy flow', (open) => {
  test('gives a token whose two forms both work, in any case', async () => {
    await using server = await open()
    const { alice } = server
    const app = await register(server)
    const session = await begin(server, app)
    assert.match(session, UUID_V4)
    const isAuthorized = async () => (await server.call('app/show', { appId: app.id }, alice)).body.isAuthorized
    assert.equal(await isAuthorized(), false)
    assert.deepEqual(errorOf(await userkey(server, app, session)), pendingSession)
    assert.equal((await accept(server, session, alice)).status, 204)
    assert.equal(await isAuthorized(), true)
    const { body: shown } = await server.call('auth/session/show', { token: session }, alice)
    assert.deepEqual([shown.token, shown.app.id, shown.app.isAuthorized], [session, app.id, true])
    const { status, body } = await userkey(server, app, session)
    assert.equal(status, 200)
    assert.match(body.accessToken, /^[0-9A-Za-z]{32}$/)
    assert.equal(body.user.username, 'alice')
    assert.equal('email' in body.user, false)
    const i = legacyForm(body.accessToken, app)
    for (const form of [body.accessToken, i, i.toUpperCase()]) {
      assert.equal((await server.call('i', {}, form)).body.id, alice.id)
      assert.equal((await server.call('notes/create', { text: 'hello' }, form)).status, 200)
      assert.equal(
        (await server.call('following/create', { userId: server.bob.id }, form)).body.error.code,
        'PERMISSION_DENIED',
      )
      assert.equal((await server.call('i/apps', {}, form)).body.error.code, 'ACCESS_DENIED')
    }
    const swapped = body.accessToken.replace(/[a-zA-Z]/g, (letter: string) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    )
    assert.equal((await server.call('i', {}, swapped)).status, 401)
    assert.equal((await server.call('i', {}, app.secret)).status, 401)
    assert.equal((await server.call('i', {}, session)).status, 401)
  })

  test('names what is wrong in the order clients know', async () => {
    await using server = await open()
    const { alice, bob } = server
    const app = await register(server)
    const other = await register(server)
    const session = await begin(server, app)
    assert.deepEqual(errorOf(await server.call('auth/session/generate', { appSecret: 'nope' })), noSuchApp.generate)
    assert.deepEqual(errorOf(await server.call('auth/session/show', { token: 'nope' })), noSuchSession.show)
    assert.deepEqual(errorOf(await accept(server, 'nope', alice)), noSuchSession.accept)
    const nobody = await accept(server, session, null)
    assert.deepEqual(errorOf(nobody), [400, 'ACCESS_DENIED', '56f35758-7dd5-468b-8439-5d6fb8ec9b8e'])
    assert.equal(
      (await server.call('auth/accept', { token: session }, alice.appToken)).body.error.code,
      'ACCESS_DENIED',
    )
    const nameless = { id: '', secret: 'nope' }
    assert.deepEqual(errorOf(await userkey(server, nameless, 'nope')), noSuchApp.userkey)
    assert.deepEqual(errorOf(await userkey(server, nameless, session)), noSuchApp.userkey)
    assert.deepEqual(errorOf(await userkey(server, app, 'nope')), noSuchSession.userkey)
    assert.deepEqual(errorOf(await userkey(server, other, session)), noSuchSession.userkey)
    assert.deepEqual(errorOf(await userkey(server, app, session)), pendingSession)
    await accept(server, session, alice)
    assert.deepEqual(errorOf(await userkey(server, other, session)), noSuchSession.userkey)
    assert.deepEqual(errorOf(await accept(server, session, bob)), noSuchSession.accept)
    assert.equal((await userkey(server, app, session)).body.user.username, 'alice')
    assert.deepEqual(errorOf(await userkey(server, app, session)), noSuchSession.userkey)
    assert.deepEqual(errorOf(await server.call('auth/session/show', { token: session })), noSuchSession.show)
    assert.deepEqual(errorOf(await accept(server, session, alice)), noSuchSession.accept)
    assert.deepEqual((await server.call('i/authorized-apps', {}, bob)).body, [])
  })

  test('gives a token once, to one of many who ask at once', async () => {
    await using server = await open()
    const { alice, bob, carol } = server
    const app = await register(server)
    const session = await begin(server, app)
    const accepts = await Promise.all([alice, bob, carol, alice, bob, carol].map((one) => accept(server, session, one)))
    const { body } = await server.call('auth/session/show', { token: session }, alice)
    const winners = accepts.filter(({ status }) => status === 204)
    assert.equal(winners.length, 2, 'one person, whose second call changes nothing')
    const answers = await Promise.all(Array.from({ length: 20 }, () => userkey(server, app, session)))
    const given = answers.filter(({ status }) => status === 200)
    assert.equal(given.length, 1)
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      assert.deepEqual(errorOf(answer), noSuchSession.userkey)
    }
    const winner = [alice, bob, carol].find(({ id }) => id === given[0]!.body.user.id)!
    assert.equal(body.app.isAuthorized, winner === alice)
    const grants = await server.ctx.db.selectFrom('grant').where('kind', '=', 'app').select('userId').execute()
    assert.deepEqual(
      grants.map(({ userId }) => userId),
      [winner.id],
    )
  })

  test('gives another token beside the first when it is repeated', async () => {
    await using server = await open()
    const { alice } = server
    const app = await register(server)
    const tokens = [await obtain(server, app, alice), await obtain(server, app, alice)]
    assert.notEqual(tokens[0], tokens[1])
    const use = async () => Promise.all(tokens.map(async (token) => (await server.call('i', {}, token)).status))
    assert.deepEqual(await use(), [200, 200])
    const { body: apps } = await server.call('i/authorized-apps', {}, alice)
    const { body: shown } = await server.call('app/show', { appId: app.id }, alice)
    assert.deepEqual(apps, [{ ...shown, isAuthorized: true }])
    await server.call('i/revoke-token', { token: legacyForm(tokens[0]!, app) }, alice)
    assert.deepEqual(await use(), [401, 200])
    assert.equal((await server.call('i', {}, legacyForm(tokens[0]!, app))).status, 401)
    const { body: grants } = await server.call('i/apps', { sort: '+createdAt' }, alice)
    const named = grants.filter(({ name }: { name: string }) => name === 'An app')
    assert.equal(named.length, 1)
    assert.deepEqual(named[0].permission, ['read:account', 'write:notes'])
    assert.equal(named[0].description, 'for a test')
    await server.call('i/revoke-token', { tokenId: named[0].id }, alice)
    assert.deepEqual(await use(), [401, 401])
    assert.deepEqual((await server.call('i/authorized-apps', {}, alice)).body, [])
    assert.equal((await server.call('app/show', { appId: app.id }, alice)).body.isAuthorized, false)
  })

  test('lets an application end its own token by either form', async () => {
    await using server = await open()
    const app = await register(server)
    for (const form of [(token: string) => token, (token: string) => legacyForm(token, app)]) {
      const token = await obtain(server, app, server.bob)
      assert.equal((await server.call('i/revoke-token', { token: form(token) }, form(token))).status, 204)
      assert.equal((await server.call('i', {}, token)).status, 401)
    }
  })

  test('ends when it is not answered or not claimed in time', async () => {
    await using server = await open()
    const { alice } = server
    const app = await register(server)
    const expiryOf = async () =>
      (await server.ctx.db.selectFrom('authSession').select('expiresAt').executeTakeFirstOrThrow()).expiresAt
    const begun = Date.now()
    const waiting = await begin(server, app)
    const quarter = 15 * 60_000
    assert.ok((await expiryOf()) >= begun + quarter && (await expiryOf()) <= Date.now() + quarter)
    await letTimePass(server)
    assert.deepEqual(errorOf(await server.call('auth/session/show', { token: waiting })), noSuchSession.show)
    assert.deepEqual(errorOf(await accept(server, waiting, alice)), noSuchSession.accept)
    assert.deepEqual(errorOf(await userkey(server, app, waiting)), noSuchSession.userkey)
    const allowed = await begin(server, app)
    await accept(server, allowed, alice)
    await letTimePass(server)
    assert.deepEqual(errorOf(await userkey(server, app, allowed)), noSuchSession.userkey)
    assert.deepEqual(errorOf(await accept(server, allowed, alice)), noSuchSession.accept)
    assert.equal((await server.call('app/show', { appId: app.id }, alice)).body.isAuthorized, false)
    assert.deepEqual((await server.call('i/authorized-apps', {}, alice)).body, [])
    await server.ctx.transact((tx) =>
      tx
        .updateTable('authSession')
        .set({ expiresAt: begun - 7_200_000 })
        .execute(),
    )
    await begin(server, app)
    const kept = await server.ctx.db.selectFrom('authSession').select('id').execute()
    assert.equal(kept.length, 1, 'sessions long over are forgotten')
  })

  test('gives nothing when the grant was revoked before it was claimed', async () => {
    await using server = await open()
    const { carol } = server
    const app = await register(server)
    const session = await begin(server, app)
    await accept(server, session, carol)
    const { body } = await server.call('i/apps', { sort: '+createdAt' }, carol)
    assert.equal(body[0].name, 'An app')
    await server.call('i/revoke-token', { tokenId: body[0].id }, carol)
    assert.deepEqual(errorOf(await userkey(server, app, session)), noSuchSession.userkey)
    const racing = await begin(server, app)
    await accept(server, racing, carol)
    const [{ id: tokenId }] = (await server.call('i/apps', { sort: '+createdAt' }, carol)).body
    const [claimed, revoked] = await Promise.all([
      userkey(server, app, racing),
      server.call('i/revoke-token', { tokenId }, carol),
    ])
    assert.equal(revoked.status, 204)
    if (claimed.status === 200) assert.equal((await server.call('i', {}, claimed.body.accessToken)).status, 401)
    else assert.deepEqual(errorOf(claimed), noSuchSession.userkey)
  })

  test('grants what the server knows, and administration only by an administrator', async () => {
    await using server = await open()
    const { alice, admin } = server
    const app = await register(server, { permission: ['write:notes', 'write:everything', 'read:admin:meta'] })
    const granted = async (person: typeof alice) => {
      await obtain(server, app, person)
      return (await server.call('i/apps', { sort: '+createdAt' }, person)).body[0].permission
    }
    assert.deepEqual(await granted(alice), ['write:notes'])
    assert.deepEqual(await granted(admin), ['write:notes', 'read:admin:meta'])
  })

  test('leaves no secret, session or token in the data folder or the log', async () => {
    await using server = await open()
    const app = await register(server, { callbackUrl: 'https://app.example/' })
    const waiting = await begin(server, app)
    const page = await fetch(`${server.origin}/auth/${waiting}`)
    assert.equal(page.status, 200)
    const signedIn = await fetch(`${server.origin}/auth/${waiting}`, {
      headers: { cookie: `mamekey=${server.alice.token}` },
    })
    assert.match(await signedIn.text(), /name="request"/)
    const allowed = await begin(server, app)
    await accept(server, allowed, server.alice)
    const token = await obtain(server, app, server.bob)
    const secrets = [app.secret, waiting, allowed, token, legacyForm(token, app)]
    const files = readdirSync(server.data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const rows = await Promise.all(
      (['app', 'authSession', 'consent', 'grant', 'accessToken'] as const).map((table) =>
        server.ctx.db.selectFrom(table).selectAll().execute(),
      ),
    )
    const kept = files.map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
    assert.ok(rows.every((table) => table.length > 0))
    for (const place of [...kept, JSON.stringify(rows), server.logged()]) {
      for (const secret of secrets) assert.ok(!place.includes(secret))
    }
  })
})
