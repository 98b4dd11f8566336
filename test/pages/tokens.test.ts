import assert from 'node:assert/strict'
import { test } from 'node:test'
import { render } from '../../src/lib/html.ts'
import { deviceName } from '../../src/pages/device-name.ts'
import { blankIssueForm } from '../../src/pages/parts/issue-form.ts'
import type { TokenRow } from '../../src/pages/parts/token-list.ts'
import { type TokensData, tokens } from '../../src/pages/tokens.ts'
import { alice, tokensData, viewIn } from './sample.ts'

const view = viewIn('en', { path: '/settings/api', me: alice })
const page = (over: Partial<TokensData> = {}) => render(tokens(view, { ...tokensData, ...over }))
const values = (text: string, name: string) =>
  [...text.matchAll(new RegExp(`name="${name}"[^>]* value="([^"]*)"`, 'g'))].map(([, value]) => value!)

test('every token can be revoked by its own button, which names it', () => {
  const text = page()
  const forms = [
    ...text.matchAll(/action="\/settings\/api\/revoke">.*?name="id" value="([^"]+)".*?aria-label="([^"]+)"/gs),
  ]
  assert.deepEqual(
    forms.map(([, id, label]) => [id, label]),
    [
      ['token-1', 'Revoke Aria'],
      ['token-2', 'Revoke 天気ボット'],
      ['token-3', 'Revoke Without a name'],
    ],
  )
})

test('an app that was allowed several times is one entry, which ends all at once', () => {
  const [aria, bot] = tokensData.tokens as [TokenRow, TokenRow]
  const text = page({
    tokens: [
      aria,
      bot,
      { ...aria, id: 'token-4' },
      { ...aria, id: 'token-5', via: 'oauth' },
      { ...bot, id: 'token-6' },
    ],
  })
  const all = [...text.matchAll(/<form[^>]*revoke">(?:(?!<\/form>).)*Revoke all of Aria/gs)]
  assert.equal(all.length, 1)
  assert.deepEqual(values(all[0]![0], 'id'), ['token-1', 'token-4'])
  assert.match(text, /Allowed 2 times/)
  assert.equal(values(text, 'id').filter((id) => id.startsWith('token-')).length, 2 + 5)
})

test('a row says how the token came, when it was used, when it ends and what it may do', () => {
  const text = page()
  const row = text.slice(text.indexOf('天気ボット'), text.indexOf('Without a name'))
  assert.match(row, /Made here/)
  assert.match(row, /Never used/)
  assert.match(row, /Ends <time datetime="2027-02-17T09:03:00\.000Z">Feb 17, 2027, 9:03.AM UTC<\/time>/)
  assert.match(row, /Permissions \(1\).*Post and delete notes as you/s)
})

test('times are written in the language of the reader', () => {
  const text = render(tokens(viewIn('ja', { me: alice }), tokensData))
  assert.match(text, /期限：<time datetime="2027-02-17T09:03:00\.000Z">2027\/02\/17 9:03（UTC）<\/time>/)
})

test('a permission we do not know is still shown', () => {
  const odd = { ...tokensData.tokens[0]!, permissions: ['write:from-the-future'] }
  assert.match(page({ tokens: [odd] }), /<code>write:from-the-future<\/code>/)
})

test('a new token is shown once, with a request to try it', () => {
  const text = page({ issued: { name: 'bot', token: 'secret123' } })
  assert.match(text, />secret123<\/code>/)
  assert.match(text, /curl https:\/\/mamekey\.example\/api\/i -H &#39;Authorization: Bearer secret123&#39;/)
  assert.doesNotMatch(page(), /curl/)
})

test('without any token it says what to do next', () => {
  assert.match(page({ tokens: [] }), /No app acts for you yet.*mamekey\.example/s)
})

test('the form offers administration to administrators only', () => {
  assert.ok(!values(page(), 'permission').some((name) => name.includes(':admin:')))
  const text = page({ isAdministrator: true })
  assert.equal(values(text, 'permission').length, 85)
  assert.match(text, /action="\/settings\/api\/issue"/)
})

test('the form offers ready sets and end dates, and keeps what was chosen', () => {
  const text = page({
    form: {
      ...blankIssueForm,
      name: 'bot',
      preset: 'custom',
      permissions: ['read:chat'],
      expires: '90d',
      errors: ['nothingChosen'],
    },
  })
  assert.deepEqual(
    [...text.matchAll(/name="preset" id="[^"]*" value="(\w+)"/g)].map(([, value]) => value),
    ['bot', 'read', 'everything', 'custom'],
  )
  assert.match(text, /value="custom" checked/)
  assert.match(text, /value="90d" checked/)
  assert.match(text, /value="read:chat" checked/)
  assert.match(text, /name="name" type="text" value="bot"/)
  assert.match(text, /<a href="#preset-custom">Tick at least one/)
})

test('this device is marked, and each can be signed out', () => {
  const text = page()
  assert.match(text, /Firefox on Linux <span class="badge badge-green">This one/)
  assert.equal(text.split('This one').length, 2)
  assert.equal([...text.matchAll(/action="\/settings\/api\/end-session"/g)].length, 3)
  assert.match(text, /aria-label="Sign out Safari on iPhone"/)
  assert.match(text, /An unknown device/)
})

test('browsers are told apart although each names its ancestors', () => {
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
  assert.deepEqual(deviceName(chrome), { browser: 'Chrome', system: 'Windows' })
  assert.deepEqual(deviceName(`${chrome} Edg/142.0`), { browser: 'Edge', system: 'Windows' })
  assert.deepEqual(deviceName('Mozilla/5.0 (Linux; Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0'), {
    browser: 'Firefox',
    system: 'Android',
  })
  assert.deepEqual(deviceName('curl/8.14.1'), { browser: 'curl', system: null })
})
