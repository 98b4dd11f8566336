import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chromium } from 'playwright-core'
import { available, missing } from '../require.ts'
import { testServer } from '../server.ts'

const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

test('the reference page may load from its own server only', async () => {
  await using server = await testServer()
  const response = await fetch(`${server.origin}/api-doc`)
  const policy = response.headers.get('content-security-policy')!
  assert.match(policy, /^default-src 'none'; script-src 'self';/)
  assert.doesNotMatch(policy, /https?:|\*|unsafe-eval/)
  const page = await response.text()
  for (const [, address] of page.matchAll(/(?:src|href|data-url)="([^"]+)"/g)) {
    if (address!.startsWith('data:')) continue
    assert.match(address!, /^\/(?!\/)/)
    const part = await fetch(server.origin + address)
    assert.equal(part.status, 200, address)
    assert.equal(part.headers.get('x-content-type-options'), 'nosniff')
  }
})

test('in a browser the reference shows the API and calls it, asking no other host', {
  skip: missing('browser'),
}, async () => {
  await using server = await testServer()
  const browser = await chromium.launch({ executablePath: available('browser')!, args: browserArguments })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    const foreign: string[] = []
    const complaints: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(`${server.origin}/`) && !/^(data|blob):/.test(request.url()))
        foreign.push(request.url())
    })
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))

    await page.goto(`${server.origin}/api-doc#tag/server/POST/ping`)
    await page.getByRole('button', { name: /test request.*\/ping/i }).click()
    const answered = page.waitForResponse(`${server.origin}/api/ping`)
    await page.getByRole('button', { name: /^send/i }).first().click()
    const answer = await answered
    assert.equal(answer.status(), 200)
    assert.equal(typeof (await answer.json()).pong, 'number')
    await page.getByText('200 OK').first().waitFor()
    assert.deepEqual(foreign, [])
    assert.deepEqual(complaints, [])
  } finally {
    await browser.close()
  }
})
