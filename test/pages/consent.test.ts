import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCallback } from '../../src/access/callback.ts'
import { userPermissions } from '../../src/access/permission.ts'
import { render } from '../../src/lib/html.ts'
import { type ConsentData, consentPage } from '../../src/pages/consent.ts'
import { sentOn } from '../../src/pages/sent-on.ts'
import { alice, consentData, viewIn } from './sample.ts'

const view = { ...viewIn('en', { path: '/miauth/1?name=Aria&callback=https://app.example' }), me: alice }
const consent = (over: Partial<ConsentData> = {}) => render(consentPage(view, { ...consentData, ...over }))
const sent = (url: string) => render(sentOn(view, { decision: 'allowed', url }))
const ticked = (text: string) =>
  [...text.matchAll(/name="permission" value="([^"]+)" checked/g)].map(([, name]) => name)

test('everything that may be granted is ticked, and can be unticked', () => {
  const text = consent({ permissions: userPermissions })
  assert.deepEqual(ticked(text).sort(), [...userPermissions].sort())
  assert.doesNotMatch(text, /disabled/)
})

test('it says who asks, for whom, and how to be someone else', () => {
  const text = consent()
  assert.match(text, /<strong>Aria<\/strong> wants to act as/)
  assert.match(text, /Alice Hanabi.*@alice/s)
  assert.match(text, /href="\/sign-in\?next=%2Fmiauth%2F1%3Fname%3DAria%26callback%3Dhttps%3A%2F%2Fapp.example"/)
})

test('the form sends back the request, how long, and a decision whose default is to refuse', () => {
  const text = consent()
  assert.match(text, /<form[^>]*action="\/consent"/)
  assert.match(text, /name="request" value="request-1"/)
  const expires = [...text.matchAll(/name="expires" value="(\w+)"( checked)?/g)]
  assert.deepEqual(
    expires.map(([, value, checked]) => [value, checked !== undefined]),
    [
      ['never', true],
      ['1d', false],
      ['30d', false],
      ['90d', false],
      ['1y', false],
    ],
  )
  const form = text.slice(text.indexOf('<form class="card'))
  assert.deepEqual(
    [...form.matchAll(/type="submit" name="decision" value="(\w+)"/g)].map(([, value]) => value),
    ['refuse', 'allow'],
  )
})

test('a name that is markup is shown as text, and a very long one is cut', () => {
  assert.match(consent({ app: { name: '<img src=x onerror=alert(1)>', iconUrl: null } }), /&lt;img src=x onerror=/)
  const text = consent({ app: { name: 'x'.repeat(5000), iconUrl: null } })
  assert.ok(!text.includes('x'.repeat(101)))
  assert.match(consent({ app: { name: '  ', iconUrl: null } }), /An app without a name/)
})

test('the icon comes over https without saying where from; any other address gives a letter', () => {
  assert.match(
    consent({ app: { name: 'Aria', iconUrl: 'https://icons.example/a.png' } }),
    /<img src="https:\/\/icons\.example\/a\.png" alt="" referrerpolicy="no-referrer"/,
  )
  for (const iconUrl of [
    'http://icons.example/a.png',
    'javascript:alert(1)',
    'data:image/svg+xml,x',
    '//icons.example',
  ]) {
    assert.doesNotMatch(consent({ app: { name: 'Aria', iconUrl } }), /<img/, iconUrl)
  }
})

test('permissions over the server come first, under a warning', () => {
  const text = consent({ permissions: ['write:notes', 'write:admin:meta'] })
  assert.match(text, /power over this server/)
  assert.deepEqual(ticked(text), ['write:admin:meta', 'write:notes'])
  assert.doesNotMatch(consent(), /power over this server/)
})

test('what is not granted is listed without a box', () => {
  const text = consent({ withheld: ['write:admin:meta'], unknown: ['write:everything', '<b>'] })
  assert.match(text, /Change the settings of the server/)
  assert.match(text, /write:everything/)
  assert.match(text, /&lt;b&gt;/)
  assert.deepEqual(ticked(text).length, consentData.permissions.length)
})

test('thousands of unknown names do not fill the page', () => {
  const text = consent({ unknown: Array.from({ length: 5000 }, (_, i) => `odd:${i}`) })
  assert.ok(text.includes('odd:19') && !text.includes('odd:20<'))
})

test('an app that asks for nothing is not shown an empty list', () => {
  assert.match(consent({ permissions: [] }), /asks for no permission/)
})

test('the host that gets the answer stands in bold, freed of a user name and of look-alike letters', () => {
  assert.match(
    consent({ callback: 'https://mamekey.example@evil.example:8443/x' }),
    /<strong class="host">evil\.example:8443</,
  )
  assert.match(consent({ callback: 'https://аpple.example/' }), /<strong class="host">xn--pple-43d\.example</)
})

test('an own scheme, a missing callback and an unsafe one are warned about, a website is not', () => {
  assert.match(consent({ callback: 'aria://aria/miauth' }), /returns to an app.*<strong>aria:<\/strong>/s)
  assert.match(consent({ callback: null }), /does not say where it comes from/)
  assert.match(consent({ callback: 'javascript:alert(1)' }), /return address is not safe/)
  assert.match(consent({ callback: 'no address' }), /return address is not safe/)
  assert.doesNotMatch(consent(), /notice-azuki/)
})

test('callbacks are told apart by what they can do', () => {
  assert.deepEqual(readCallback('https://app.example/x?y=1'), {
    kind: 'web',
    href: 'https://app.example/x?y=1',
    host: 'app.example',
  })
  assert.deepEqual(readCallback('misskey://app_auth_callback'), {
    kind: 'app',
    href: 'misskey://app_auth_callback',
    scheme: 'misskey:',
  })
  assert.equal(readCallback('').kind, 'none')
  const refused = [
    'javascript:x',
    'JAVASCRIPT:x',
    ' java\tscript:x',
    'file:///x',
    'data:x',
    'mailto:a@b',
    'tel:1',
    'vbscript:x',
  ]
  for (const url of refused) assert.equal(readCallback(url).kind, 'refused', url)
})

test('sending on happens by itself and by hand, to the whole address', () => {
  const text = sent('https://app.example/back?a=1&session=2')
  assert.match(text, /<meta http-equiv="refresh" content="0;url=https:\/\/app\.example\/back\?a=1&amp;session=2">/)
  assert.match(text, /<a class="[^"]*" href="https:\/\/app\.example\/back\?a=1&amp;session=2">/)
})

test('a callback cannot break out of the line that sends on', () => {
  const text = sent('aria://x/"><script>alert(1)</script>\'')
  assert.doesNotMatch(text, /<script>alert/)
  assert.match(text, /content="0;url=aria:\/\/x\/[^"]*">/)
})

test('an unsafe address leads nowhere', () => {
  const text = sent('javascript:alert(1)')
  assert.doesNotMatch(text, /http-equiv="refresh"|javascript:/)
  assert.match(text, /Go back to the app yourself/)
})
