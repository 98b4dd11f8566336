import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Html, html, raw, render, safeHref } from '../../src/lib/html.ts'

test('text and quoted attributes are escaped', () => {
  const evil = `"><script>alert('x')</script>&`
  assert.equal(
    render(html`<p title="${evil}">${evil}</p>`),
    '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">' +
      '&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</p>',
  )
})

test('no text whatever leaves its place', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '=', ' ', 'a', '\n', '\u0000') }),
      (text) => {
        const inside = render(html`<i title="${text}">${text}</i>`).slice('<i title="'.length, -'</i>'.length)
        assert.doesNotMatch(inside.replace('">', ''), /[<>"']/)
      },
    ),
  )
})

test('templates nest, lists are joined and empty values are nothing', () => {
  const items = ['a', '<b>'].map((text) => html`<li>${text}</li>`)
  assert.equal(
    render(html`<ul>${items}${null}${undefined}${false}${0}${[html`<li></li>`, 'c']}</ul>`),
    '<ul><li>a</li><li>&lt;b&gt;</li>0<li></li>c</ul>',
  )
})

test('an object from JSON cannot pose as markup', () => {
  const posing = JSON.parse('{"markup":"<script>","Symbol(markup)":"<script>"}') as Html
  assert.doesNotMatch(render(html`<p>${posing}</p>`), /script/)
})

test('an attribute without quotes is a bug that shows at once', () => {
  assert.throws(() => html`<a href=${'x onclick=y'}>`, /Quote the attribute/)
  assert.equal(render(html`<a href="/go?next=${'/a&b'}">`), '<a href="/go?next=/a&amp;b">')
})

test('raw is taken as it is', () => {
  assert.equal(render(html`<svg>${raw('<path d="M0 0"/>')}</svg>`), '<svg><path d="M0 0"/></svg>')
})

test('only absolute web addresses become links', () => {
  assert.equal(safeHref('https://example.com/a?b=c#d'), 'https://example.com/a?b=c#d')
  assert.equal(safeHref('http://localhost:3000'), 'http://localhost:3000/')
  for (const url of [
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'JavaScript://example.com/%0aalert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://example.com/1',
    '/relative',
    '//example.com',
    'not a url',
    '',
    null,
    undefined,
  ]) {
    assert.equal(safeHref(url), null, String(url))
  }
})
