import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase } from '../server.ts'
import { accept, answer, begin, ledTo, legacyForm, obtain, openPage, register, userkey } from './legacy-flow.ts'

const allow: [string, string][] = [
  ['decision', 'allow'],
  ['permission', 'read:account'],
  ['permission', 'write:notes'],
]
const refuse: [string, string][] = [['decision', 'refuse']]

onEachDatabase('Asked by a registered application', (open) => {
  test('a person gives what they tick, for as long as they choose', async () => {
    await using server = await open()
    const { alice } = server
    const permission = ['read:account', 'write:notes', 'read:drive', 'write:everything']
    const app = await register(server, { permission })
    const session = await begin(server, app)
    const page = await openPage(server, session, alice)
    assert.match(page.text, /write:everything/)
    const done = await answer(server, page, alice, [
      ['decision', 'allow'],
      ['permission', 'write:notes'],
      ['permission', 'write:everything'],
      ['permission', 'write:drive'],
      ['expires', '30d'],
    ])
    assert.equal(done.status, 200)
    assert.equal(ledTo(done), null)
    const { body } = await userkey(server, app, session)
    const i = legacyForm(body.accessToken, app)
    assert.equal((await server.call('notes/create', { text: 'ticked' }, i)).status, 200)
    assert.equal((await server.call('i', {}, i)).body.error.code, 'PERMISSION_DENIED')
    const [grant] = (await server.call('i/apps', { sort: '+createdAt' }, alice)).body
    assert.deepEqual(grant.permission, ['write:notes'])
    assert.deepEqual((await server.call('app/show', { appId: app.id })).body.permission, permission)
    const { expiresAt } = await server.ctx.db
      .selectFrom('grant')
      .where('id', '=', grant.id)
      .select('expiresAt')
      .executeTakeFirstOrThrow()
    assert.ok(Math.abs(expiresAt! - Date.now() - 30 * 86_400_000) < 60_000)
    await server.ctx.transact((tx) =>
      tx.updateTable('grant').set({ expiresAt: 1 }).where('id', '=', grant.id).execute(),
    )
    // Whoever ends a grant says so.
    server.ctx.bus.publish({ type: 'gap' })
    assert.equal((await server.call('ping', {}, i)).status, 401)
    assert.equal((await server.call('app/show', { appId: app.id }, alice)).body.isAuthorized, false)
  })

  test('a refusal reaches the application, and stays one', async () => {
    await using server = await open()
    const { alice, bob } = server
    const app = await register(server, { callbackUrl: 'https://app.example/back?from=mamekey&token=old#end' })
    const session = await begin(server, app)
    const [page, late] = [await openPage(server, session, alice), await openPage(server, session, bob)]
    const done = await answer(server, page, alice, refuse)
    assert.equal(ledTo(done), `https://app.example/back?from=mamekey&token=${session}&denied=true#end`)
    for (let n = 0; n < 2; n++) {
      const { status, body } = await userkey(server, app, session)
      assert.deepEqual([status, body.error.code], [400, 'DENIED_SESSION'])
    }
    assert.equal((await accept(server, session, alice)).body.error.code, 'NO_SUCH_SESSION')
    assert.equal((await answer(server, late, bob, allow)).status, 409)
    assert.equal((await openPage(server, session, bob)).status, 409)
    assert.equal((await userkey(server, app, session)).body.error.code, 'DENIED_SESSION')
    assert.deepEqual((await server.call('i/authorized-apps', {}, bob)).body, [])
  })

  test('nobody takes over what somebody else has allowed', async () => {
    await using server = await open()
    const { alice, bob } = server
    const app = await register(server)
    const session = await begin(server, app)
    const [first, second] = [await openPage(server, session, alice), await openPage(server, session, bob)]
    assert.equal((await answer(server, first, bob, allow)).status, 403)
    assert.equal((await answer(server, first, alice, allow)).status, 200)
    assert.equal((await answer(server, first, alice, allow)).status, 410)
    assert.equal((await answer(server, second, bob, refuse)).status, 409)
    assert.equal((await accept(server, session, bob)).body.error.code, 'NO_SUCH_SESSION')
    assert.equal((await openPage(server, session, bob)).status, 409)
    assert.equal((await userkey(server, app, session)).body.user.id, alice.id)
  })

  test('everyone is asked each time', async () => {
    await using server = await open()
    const { alice } = server
    const app = await register(server, { callbackUrl: 'https://app.example/' })
    await obtain(server, app, alice)
    const session = await begin(server, app)
    const stranger = await openPage(server, session, null)
    assert.equal(stranger.status, 302)
    const page = await openPage(server, session, alice)
    assert.equal(page.status, 200)
    assert.equal(ledTo(page), null)
    assert.equal((await userkey(server, app, session)).body.error.code, 'PENDING_SESSION')
    assert.equal(ledTo(await answer(server, page, alice, allow)), `https://app.example/?token=${session}`)
    assert.equal((await userkey(server, app, session)).status, 200)
  })

  test('late answers are told so', async () => {
    await using server = await open()
    const { alice } = server
    const app = await register(server)
    const session = await begin(server, app)
    const page = await openPage(server, session, alice)
    await server.ctx.transact((tx) => tx.updateTable('authSession').set({ expiresAt: Date.now() }).execute())
    assert.equal((await answer(server, page, alice, allow)).status, 410)
    for (const person of [alice, null]) {
      const late = await openPage(server, session, person)
      assert.equal(late.status, 410)
      assert.match(late.text, /15 minutes/)
    }
    assert.equal((await openPage(server, 'unknown', null)).status, 404)
    assert.equal((await userkey(server, app, session)).body.error.code, 'NO_SUCH_SESSION')
  })

  test('nobody is sent to a callback that could do harm', async () => {
    await using server = await open()
    const { alice } = server
    const harmful = [
      'javascript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      ' javascript:x',
      'x',
      '',
    ]
    for (const callbackUrl of harmful) {
      const app = await register(server, { callbackUrl })
      for (const decision of [allow, refuse]) {
        const session = await begin(server, app)
        const done = await answer(server, await openPage(server, session, alice), alice, decision)
        assert.deepEqual([done.status, ledTo(done)], [200, null])
        const { status } = await userkey(server, app, session)
        assert.equal(status, decision === allow ? 200 : 400)
      }
    }
    const schemes = ['misskey://app_auth_callback', 'app:back?x=1']
    const wanted = ['misskey://app_auth_callback?token=', 'app:back?x=1&token=']
    for (const [n, callbackUrl] of schemes.entries()) {
      const session = await begin(server, await register(server, { callbackUrl }))
      const done = await answer(server, await openPage(server, session, alice), alice, allow)
      assert.equal(ledTo(done), wanted[n] + session)
    }
  })
})
