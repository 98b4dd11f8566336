import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holdsFiltered, isUsableFilter } from '../../src/lib/word-filter.ts'

const cases: [text: string, filter: string, holds: boolean][] = [
  ['a green tea', 'tea', true],
  ['steak', 'tea', true],
  ['a green Tea', 'tea', false],
  ['a green tea', 'tea green', true],
  ['a green tea', 'tea black', false],
  ['京都のお茶', 'お茶', true],
  ['anything', '', false],
  ['any thing', ' ', false],
  ['a green tea', '  tea  ', true],
  ['a green tea', '/gr[ae]{1,2}en/', true],
  ['a Green tea', '/green tea$/', false],
  ['a Green tea', '/green tea$/i', true],
  ['one/two', '/e\\/t/', true],
  ['one/two', '/e/t/', true],
  ['a / b', '/', true],
  ['a // b', '//', true],
  ['"quoted" \\ `1` \u2028', '/\\\\ `\\d`/', true],
  ['aaa', '/(a+)+b|a/', false],
  ['aaab', '/(a/', false],
  ['a', '/a/no', false],
  ['a', '/a/constructor', false],
]

test('words, several of them, and regular expressions are found', () => {
  for (const [text, filter, holds] of cases) assert.equal(holdsFiltered(text, [filter]), holds, `${filter} in ${text}`)
  assert.equal(holdsFiltered('a green tea', ['coffee', '/milk/', 'tea']), true)
  assert.equal(holdsFiltered('a green tea', ['coffee', '/milk/', '/tea/']), true)
  assert.equal(holdsFiltered('a green tea', ['coffee', '/milk/']), false)
  assert.equal(holdsFiltered('a green tea', []), false)
})

test('filters that can match nothing, or could take time without end, are told', () => {
  for (const filter of ['tea', 'a b', '/a/', '/a+b+/i', '/(?:ab)+/', '/[(+]+(a)/', '/\\(a+\\)+/', '/(a+)b/']) {
    assert.ok(isUsableFilter(filter), filter)
  }
  for (const filter of [
    '',
    ' ',
    '/(/',
    '/a/x',
    '/(a+)+/',
    '/((a*)b)*/',
    '/(a{2,})*$/',
    '/(?:a|b+){3}/',
    '/(x(a+)y)+/',
  ]) {
    assert.equal(isUsableFilter(filter), false, filter)
  }
})

test('a regular expression that takes long is given up on, and the others are still tried', () => {
  const text = `${'a'.repeat(4000)}!`
  const slow = '/.*a.*b.*c.*d$/'
  assert.ok(isUsableFilter(slow))
  const begun = performance.now()
  assert.equal(holdsFiltered(text, [slow]), false)
  assert.equal(holdsFiltered(text, [slow, '/a!$/']), true)
  assert.ok(performance.now() - begun < 1000)
  // Each costs time: of a list of such, some are tried.
  const others = Array.from({ length: 4 }, (_, number) => `/.*a.*b.*c.*${number}$/`)
  assert.equal(holdsFiltered(text, [...others, '/a!$/']), true)
  assert.equal(holdsFiltered(text, [...others, slow, '/a!$/']), false)
})
