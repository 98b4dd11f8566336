import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api } from 'misskey-js'
import { fillSignIn, type TestBrowser, testBrowser } from '../browser.ts'
import { missing } from '../require.ts'
import { onEachDatabase, SEED_PASSWORD } from '../server.ts'
import { appListener } from './listener.ts'
import { clients } from './oauth-clients.ts'

// What OAuth apps do, with published client packages, the real pages and a real browser.

const skip = missing('browser')
const settings = { 'allow-private-network': 'on' }
const front = `<link rel="redirect_uri" href="/callback">
  <div class="h-app"><a href="/" class="u-url p-name">A third-party app</a></div>`

onEachDatabase('OAuth clients', (open) => {
  let chromium: TestBrowser | undefined
  before(async () => {
    if (!skip) chromium = await testBrowser()
  })
  after(async () => chromium?.[Symbol.asyncDispose]())

  for (const [name, ask] of Object.entries(clients)) {
    for (const javaScriptEnabled of [true, false]) {
      const mode = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

      test(`${name} gets a token that works, ${mode}`, { skip }, async () => {
        await using server = await open({ settings })
        await using app = await appListener(front)
        const page = await chromium!.page({ javaScriptEnabled })
        const asking = await ask(server.origin, app.origin, `${app.origin}/callback`, 'read:account write:notes')
        await page.goto(asking.url)
        await fillSignIn(page, 'bob', SEED_PASSWORD)
        await page.getByRole('heading', { name: 'A third-party app' }).waitFor()
        await page.getByText(`${app.origin}/`, { exact: true }).waitFor()
        await page.getByRole('checkbox', { name: 'Post and delete notes' }).uncheck()
        const arrival = app.visited('/callback')
        await page.getByRole('button', { name: 'Allow' }).click()
        const { token, scope } = await asking.finish(await arrival)
        await page.waitForURL(`${app.origin}/welcome`)
        assert.equal(scope, 'read:account')
        const misskey = new api.APIClient({ origin: server.origin, credential: token })
        assert.equal((await misskey.request('i', {})).username, 'bob')
        assert.equal((await misskey.request('notes/timeline', {})).length, 0)
        await assert.rejects(misskey.request('notes/create', { text: 'no' }), { code: 'PERMISSION_DENIED' })
        const [grant] = (await server.call('i/apps', { sort: '+createdAt' }, server.bob)).body
        assert.equal(grant.name, 'A third-party app')
      })

      test(`${name} learns of a refusal, ${mode}`, { skip }, async () => {
        await using server = await open({ settings })
        await using app = await appListener(front)
        const page = await chromium!.page({ javaScriptEnabled })
        const asking = await ask(server.origin, `${app.origin}/`, `${app.origin}/callback`, 'read:account')
        await page.goto(`${server.origin}/sign-in`)
        await fillSignIn(page, 'alice', SEED_PASSWORD)
        await page.goto(asking.url)
        const arrival = app.visited('/callback')
        await page.getByRole('button', { name: 'Refuse' }).click()
        const callback = await arrival
        assert.equal(callback.searchParams.get('error'), 'access_denied')
        await assert.rejects(asking.finish(callback), (error: Error & { error?: string }) =>
          /access_denied/.test(`${error.error} ${error.message}`),
        )
      })
    }
  }

  test('an app that opened a window hears of it when the person comes back there', { skip }, async () => {
    await using server = await open({ settings })
    await using app = await appListener(front)
    const ask = clients['oauth4webapi']!
    const asking = await ask(server.origin, app.origin, `${app.origin}/callback`, 'read:account')
    const page = await chromium!.page()
    await page.goto(app.origin)
    const opening = page.waitForEvent('popup')
    await page.evaluate(`window.open(${JSON.stringify(asking.url)}); 0`)
    const popup = await opening
    await fillSignIn(popup, 'bob', SEED_PASSWORD)
    const arrival = app.visited('/callback')
    await popup.getByRole('button', { name: 'Allow' }).click()
    await arrival
    await popup.waitForURL(`${app.origin}/welcome`)
    assert.equal(await popup.evaluate('window.opener !== null'), true)
  })
})
