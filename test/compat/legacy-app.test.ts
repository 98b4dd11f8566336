import assert from 'node:assert/strict'
import crypto, { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { api } from 'misskey-js'
import { fillSignIn, profiledPage, type TestBrowser, testBrowser } from '../browser.ts'
import { missing } from '../require.ts'
import { onEachDatabase, readAnswer, SEED_PASSWORD, type TestServer } from '../server.ts'
import { appListener } from './listener.ts'

// What apps from before MiAuth do, with the published client package, the real pages and a real browser.

const skip = missing('browser')

const anonymous = ({ origin }: TestServer) => new api.APIClient({ origin })

/** Registers an app and begins a session. */
async function begin(server: TestServer, more: { permission?: string[]; callbackUrl?: string | null } = {}) {
  const wanted = { name: 'An older app', description: 'made long ago', permission: ['read:account', 'write:notes'] }
  const { secret } = await anonymous(server).request('app/create', { ...wanted, ...more })
  assert.ok(secret)
  const session = await anonymous(server).request('auth/session/generate', { appSecret: secret })
  return { appSecret: secret, ...session }
}

/** Fetches the token and makes of it what is sent as `i`. */
async function claim(server: TestServer, { appSecret, token }: { appSecret: string; token: string }) {
  const { accessToken, user } = await anonymous(server).request('auth/session/userkey', { appSecret, token })
  const i = crypto
    .createHash('sha256')
    .update(accessToken + appSecret, 'utf8')
    .digest('hex')
  return { accessToken, i, user }
}

/** What an app does first with what it got. */
async function useAsApp({ origin }: TestServer, credential: string, username: string): Promise<void> {
  const client = new api.APIClient({ origin, credential })
  assert.equal((await client.request('i', {})).username, username)
  const text = `from an older app ${randomUUID()}`
  const { createdNote } = await client.request('notes/create', { text })
  const notes = await client.request('notes/timeline', { limit: 5 })
  assert.ok(notes.some(({ id }) => id === createdNote.id))
}

onEachDatabase('Apps from before MiAuth', (open) => {
  let chromium: TestBrowser | undefined
  before(async () => {
    if (!skip) chromium = await testBrowser()
  })
  after(async () => chromium?.[Symbol.asyncDispose]())

  for (const javaScriptEnabled of [true, false]) {
    const mode = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

    test(`get a token, back on an origin of their own, ${mode}`, { skip }, async () => {
      await using server = await open()
      await using app = await appListener()
      const page = await chromium!.page({ javaScriptEnabled })
      const begun = await begin(server, {
        permission: ['account-read', 'note-write', 'write:notes', 'drive/write', 'read:messaging'],
        callbackUrl: `${app.origin}/callback?state=kept`,
      })
      await page.goto(begun.url)
      await fillSignIn(page, 'bob', SEED_PASSWORD)
      await page.getByRole('heading', { name: 'An older app' }).waitFor()
      await page.getByText('write:note', { exact: true }).waitFor()
      await assert.rejects(claim(server, begun), { code: 'PENDING_SESSION' })
      await page.getByRole('checkbox', { name: 'drive', exact: false }).first().uncheck()
      const arrival = app.visited('/callback')
      await page.getByRole('button', { name: 'Allow' }).click()
      const callback = await arrival
      assert.equal(callback.searchParams.get('token'), begun.token)
      assert.equal(callback.searchParams.get('state'), 'kept')
      assert.equal(callback.searchParams.has('denied'), false)
      await page.waitForURL(`${app.origin}/welcome`)
      const { accessToken, i, user } = await claim(server, begun)
      assert.equal(user.username, 'bob')
      await assert.rejects(claim(server, begun), { code: 'NO_SUCH_SESSION' })
      for (const credential of [i, i.toUpperCase(), accessToken]) await useAsApp(server, credential, 'bob')
      const [grant] = (await server.call('i/apps', { sort: '+createdAt' }, server.bob)).body
      assert.equal(grant.name, 'An older app')
      assert.deepEqual(grant.permission, ['read:account', 'write:notes', 'read:messaging'])
      await page.goto(`${server.origin}/settings/api`)
      await page.getByRole('button', { name: 'Revoke An older app' }).click()
      await page.getByText('The token no longer works').waitFor()
      const revoked = new api.APIClient({ origin: server.origin, credential: i })
      await assert.rejects(revoked.request('i', {}), { code: 'AUTHENTICATION_FAILED' })
    })

    test(`are told of a refusal, ${mode}`, { skip }, async () => {
      await using server = await open()
      await using app = await appListener()
      const page = await chromium!.page({ javaScriptEnabled })
      const begun = await begin(server, { callbackUrl: `${app.origin}/callback` })
      await page.goto(begun.url)
      await fillSignIn(page, 'bob', SEED_PASSWORD)
      const arrival = app.visited('/callback')
      await page.getByRole('button', { name: 'Refuse' }).click()
      const callback = await arrival
      assert.equal(callback.searchParams.get('token'), begun.token)
      assert.equal(callback.searchParams.get('denied'), 'true')
      await assert.rejects(claim(server, begun), { code: 'DENIED_SESSION' })
    })
  }

  test('without a callback leave people on this server', { skip }, async () => {
    await using server = await open()
    const page = await chromium!.page({ javaScriptEnabled: false })
    for (const [n, callbackUrl] of [null, 'javascript:alert(1)'].entries()) {
      const begun = await begin(server, { callbackUrl })
      await page.goto(begun.url)
      if (n === 0) await fillSignIn(page, 'carol', SEED_PASSWORD)
      await page.getByRole('button', { name: 'Allow' }).click()
      await page.getByText('Go back to An older app').waitFor()
      assert.equal(new URL(page.url()).origin, server.origin)
      await useAsApp(server, (await claim(server, begun)).i, 'carol')
      await page.goto(begun.url)
      await page.getByRole('heading', { name: 'There is no such request' }).waitFor()
    }
  })

  test('ask again although they were allowed before', { skip }, async () => {
    await using server = await open()
    const page = await chromium!.page()
    const first = await begin(server)
    await page.goto(first.url)
    await fillSignIn(page, 'alice', SEED_PASSWORD)
    await page.getByRole('button', { name: 'Allow' }).click()
    await page.getByRole('heading', { name: 'Allowed' }).waitFor()
    const { appSecret } = first
    const second = { appSecret, ...(await anonymous(server).request('auth/session/generate', { appSecret })) }
    await page.goto(second.url)
    await page.getByRole('button', { name: 'Allow' }).waitFor()
    await assert.rejects(claim(server, second), { code: 'PENDING_SESSION' })
    const signedIn = new api.APIClient({ origin: server.origin, credential: server.alice.token })
    assert.equal((await signedIn.request('auth/session/show', { token: second.token })).app.isAuthorized, true)
    await page.getByRole('button', { name: 'Allow' }).click()
    await page.getByRole('heading', { name: 'Allowed' }).waitFor()
    const tokens = [await claim(server, first), await claim(server, second)]
    assert.notEqual(tokens[0]!.accessToken, tokens[1]!.accessToken)
    for (const { i } of tokens) await useAsApp(server, i, 'alice')
    const authorized = await signedIn.request('i/authorized-apps', {})
    assert.deepEqual(
      authorized.map(({ name, isAuthorized }) => [name, isAuthorized]),
      [['An older app', true]],
    )
  })

  test('come back by a scheme of their own', { skip }, async () => {
    await using server = await open()
    await using app = await appListener()
    await using browser = await profiledPage()
    const { page } = browser
    await page.goto(app.origin)
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Page.setRPHRegistrationMode', { mode: 'autoAccept' })
    await page.evaluate("navigator.registerProtocolHandler('web+mameapp', '/opened?address=%s')")
    const begun = await begin(server, { callbackUrl: 'web+mameapp://app_auth_callback' })
    await page.goto(begun.url)
    await fillSignIn(page, 'carol', SEED_PASSWORD)
    await page.getByText('web+mameapp:').first().waitFor()
    const arrival = app.visited('/opened')
    await page.getByRole('button', { name: 'Allow' }).click()
    assert.equal((await arrival).searchParams.get('address'), `web+mameapp://app_auth_callback?token=${begun.token}`)
    await useAsApp(server, (await claim(server, begun)).i, 'carol')
  })

  test('do as the documentation of Misskey says', { skip }, async () => {
    await using server = await open()
    const page = await chromium!.page()
    const post = async (path: string, body: object) => {
      const response = await fetch(`${server.origin}/api/${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json' },
        credentials: 'omit',
      })
      assert.equal(response.status, 200)
      return (await readAnswer(response)).body
    }
    const { secret: appSecret } = await post('app/create', {
      name: 'test',
      description: 'my test application',
      permission: ['write:notes'],
    })
    const { token, url } = await post('auth/session/generate', { appSecret })
    await page.goto(url)
    await fillSignIn(page, 'alice', SEED_PASSWORD)
    await page.getByRole('button', { name: 'Allow' }).click()
    await page.getByText('Go back to test').waitFor()
    const { accessToken } = await post('auth/session/userkey', { appSecret, token })
    const i = crypto
      .createHash('sha256')
      .update(accessToken + appSecret, 'utf8')
      .digest('hex')
    assert.match(i, /^[0-9a-f]{64}$/)
    const text = 'Hello Misskey API World with My Application!'
    const { createdNote } = await post('notes/create', { i, text })
    assert.equal(createdNote.text, text)
    assert.equal(createdNote.user.username, 'alice')
  })
})
