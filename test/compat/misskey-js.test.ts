import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { api } from 'misskey-js'
import type { Page } from 'playwright-core'
import { fillSignIn, profiledPage, type TestBrowser, testBrowser } from '../browser.ts'
import { missing } from '../require.ts'
import { onEachDatabase, SEED_PASSWORD, type TestServer } from '../server.ts'
import { appListener } from './listener.ts'

// What a third-party app does, with the published client package, the real pages and a real browser.

const skip = missing('browser')

/** What an app does first with a token: who am I, where am I, a note, and the note where notes are read. */
async function useAsApp(server: TestServer, credential: string, username: string): Promise<void> {
  const client = new api.APIClient({ origin: server.origin, credential })
  assert.equal((await client.request('i', {})).username, username)
  const meta = await client.request('meta', { detail: true })
  assert.equal(meta.uri, server.origin)
  assert.ok('features' in meta && meta.features?.miauth)
  const text = `from an app ${randomUUID()}`
  const { createdNote } = await client.request('notes/create', { text })
  assert.equal(createdNote.text, text)
  const timelines = {
    home: await client.request('notes/timeline', { limit: 5 }),
    local: await client.request('notes/local-timeline', { limit: 5 }),
    social: await client.request('notes/hybrid-timeline', { limit: 5 }),
    global: await client.request('notes/global-timeline', { limit: 5 }),
  }
  for (const [timeline, notes] of Object.entries(timelines)) {
    assert.ok(
      notes.some(({ id }) => id === createdNote.id),
      `${timeline} has the note`,
    )
  }
}

const refusedToPost = (server: TestServer, credential: string) =>
  assert.rejects(new api.APIClient({ origin: server.origin, credential }).request('notes/create', { text: 'no' }), {
    code: 'PERMISSION_DENIED',
    id: '1370e5b7-d4eb-4566-bb1d-7748ee6a1838',
  })

/** Issues a token on the page for tokens; returns it as the person would copy it. */
async function issueByHand(
  page: Page,
  origin: string,
  name: string,
  choose: (page: Page) => Promise<void>,
): Promise<string> {
  await page.goto(`${origin}/settings/api`)
  await page.getByLabel('Name', { exact: true }).fill(name)
  await choose(page)
  await page.getByRole('button', { name: 'Make the token' }).click()
  const shown = await page.locator('.issued').innerText()
  const token = /\b[0-9A-Za-z]{32}\b/.exec(shown)?.[0]
  assert.ok(token, 'the token is shown')
  await page.goto(`${origin}/settings/api`)
  assert.ok(!(await page.content()).includes(token), 'the token is shown only once')
  return token
}

onEachDatabase('misskey-js', (open) => {
  let chromium: TestBrowser | undefined
  before(async () => {
    if (!skip) chromium = await testBrowser()
  })
  after(async () => chromium?.[Symbol.asyncDispose]())

  for (const javaScriptEnabled of [true, false]) {
    const mode = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

    test(`a token made by hand, ${mode}`, { skip }, async () => {
      await using server = await open()
      const page = await chromium!.page({ javaScriptEnabled })
      await page.goto(`${server.origin}/settings/api`)
      await fillSignIn(page, 'alice', SEED_PASSWORD)
      const token = await issueByHand(page, server.origin, 'weather bot', (form) =>
        form.getByRole('radio', { name: 'A bot that posts' }).check(),
      )
      await useAsApp(server, token, 'alice')
      const readOnly = await issueByHand(page, server.origin, 'reader', (form) =>
        form.getByRole('radio', { name: 'Read only' }).check(),
      )
      await refusedToPost(server, readOnly)
      await page.getByRole('button', { name: 'Revoke weather bot' }).click()
      await page.getByText('revoked', { exact: false }).first().waitFor()
      const revoked = new api.APIClient({ origin: server.origin, credential: token })
      await assert.rejects(revoked.request('i', {}), { code: 'AUTHENTICATION_FAILED' })
    })

    test(`MiAuth with a callback on another origin, ${mode}`, { skip }, async () => {
      await using server = await open()
      await using app = await appListener()
      const page = await chromium!.page({ javaScriptEnabled })
      const session = randomUUID()
      const query = new URLSearchParams({
        name: 'A third-party app',
        callback: `${app.origin}/callback?state=kept`,
        permission: 'read:account,write:notes,write:drive',
      })
      await page.goto(`${server.origin}/miauth/${session}?${query}`)
      await fillSignIn(page, 'bob', SEED_PASSWORD)
      await page.getByRole('heading', { name: 'A third-party app' }).waitFor()
      assert.deepEqual(await check(server, session), { ok: false })
      await page.getByRole('checkbox', { name: 'drive', exact: false }).first().uncheck()
      const arrival = app.visited('/callback')
      await page.getByRole('button', { name: 'Allow' }).click()
      const callback = await arrival
      assert.equal(callback.searchParams.get('session'), session)
      assert.equal(callback.searchParams.get('state'), 'kept')
      await page.waitForURL(`${app.origin}/welcome`)
      const answer = await check(server, session)
      assert.ok(answer.ok)
      assert.equal(answer.user.username, 'bob')
      assert.deepEqual(await check(server, session), { ok: false })
      await useAsApp(server, answer.token, 'bob')
      const [grant] = (await server.call('i/apps', { sort: '+createdAt' }, server.bob)).body
      assert.deepEqual(grant.permission, ['read:account', 'write:notes'])
      assert.equal(grant.name, 'A third-party app')
    })

    test(`a refusal reaches the app, ${mode}`, { skip }, async () => {
      await using server = await open()
      await using app = await appListener()
      const page = await chromium!.page({ javaScriptEnabled })
      const session = randomUUID()
      const query = new URLSearchParams({ callback: `${app.origin}/callback`, permission: 'write:notes' })
      await page.goto(`${server.origin}/miauth/${session}?${query}`)
      await fillSignIn(page, 'bob', SEED_PASSWORD)
      const arrival = app.visited('/callback')
      await page.getByRole('button', { name: 'Refuse' }).click()
      assert.equal((await arrival).searchParams.get('session'), session)
      assert.deepEqual(await check(server, session), { ok: false })
    })
  }

  test('MiAuth with a callback of a custom scheme', { skip }, async () => {
    await using server = await open()
    await using app = await appListener()
    await using browser = await profiledPage()
    const { page } = browser
    // An app that opens addresses of its own scheme: a page can be that app for schemes that begin with web+.
    await page.goto(app.origin)
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Page.setRPHRegistrationMode', { mode: 'autoAccept' })
    await page.evaluate("navigator.registerProtocolHandler('web+mameapp', '/opened?address=%s')")
    const session = randomUUID()
    const query = new URLSearchParams({
      name: 'An app',
      callback: 'web+mameapp://signed-in',
      permission: 'read:account,write:notes',
    })
    await page.goto(`${server.origin}/miauth/${session}?${query}`)
    await fillSignIn(page, 'carol', SEED_PASSWORD)
    await page.getByText('web+mameapp:').first().waitFor()
    const arrival = app.visited('/opened')
    await page.getByRole('button', { name: 'Allow' }).click()
    assert.equal((await arrival).searchParams.get('address'), `web+mameapp://signed-in?session=${session}`)
    const answer = await check(server, session)
    assert.ok(answer.ok)
    await useAsApp(server, answer.token, 'carol')
  })

  test('a callback that would run script leads nowhere', { skip }, async () => {
    await using server = await open()
    const page = await chromium!.page()
    for (const callback of [
      'javascript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      ' javascript:alert(1)',
    ]) {
      const session = randomUUID()
      await page.goto(
        `${server.origin}/miauth/${session}?${new URLSearchParams({ callback, permission: 'read:account' })}`,
      )
      if (page.url().includes('/sign-in')) await fillSignIn(page, 'carol', SEED_PASSWORD)
      await page.getByRole('button', { name: 'Allow' }).click()
      await page.getByRole('heading', { level: 1 }).waitFor()
      assert.equal(new URL(page.url()).origin, server.origin)
      assert.ok(!(await page.content()).includes(callback.trim()))
      assert.equal((await check(server, session)).ok, true)
    }
  })
})

type CheckAnswer = { ok: true; token: string; user: { username: string } } | { ok: false }

/** Fetches the token of a session as apps do: a POST with nothing in it. */
async function check(server: TestServer, session: string): Promise<CheckAnswer> {
  const response = await fetch(`${server.origin}/api/miauth/${session}/check`, { method: 'POST' })
  assert.equal(response.status, 200)
  return (await response.json()) as CheckAnswer
}
