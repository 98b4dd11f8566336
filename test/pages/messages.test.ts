import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { permissions } from '../../src/access/permission.ts'
import { escapeHtml, render } from '../../src/lib/html.ts'
import { expiries } from '../../src/pages/expiry.ts'
import { isLanguage, languages, pickLanguage, placeholder, translator } from '../../src/pages/messages.ts'
import { permissionGroups } from '../../src/pages/permissions.ts'
import { presets } from '../../src/pages/presets.ts'
import { allPages } from './sample.ts'

type Sections = Record<string, Record<string, string>>

const folder = new URL('../../src/pages/', import.meta.url)
const read = (code: string) => JSON.parse(readFileSync(new URL(`locales/${code}.json`, folder), 'utf8')) as Sections

const flat = (sections: Sections): Record<string, string> =>
  Object.fromEntries(
    Object.entries(sections).flatMap(([section, messages]) =>
      Object.entries(messages).map(([key, text]) => [`${section}.${key}`, text]),
    ),
  )

const placeholders = (text: string) => [...text.matchAll(placeholder)].map(([, name]) => name).sort()

const english = flat(read('en'))

test('every file of a language is listed', () => {
  const files = readdirSync(new URL('locales/', folder)).map((file) => file.replace('.json', ''))
  assert.deepEqual(languages.map(({ code }) => code).sort(), files.sort())
})

for (const { code } of languages) {
  const messages = flat(read(code))

  test(`${code}: no message is missing, extra or empty`, () => {
    assert.deepEqual(Object.keys(messages).sort(), Object.keys(english).sort())
    for (const [key, text] of Object.entries(messages)) assert.notEqual(text.trim(), '', key)
  })

  test(`${code}: placeholders are those of English`, () => {
    for (const [key, text] of Object.entries(messages))
      assert.deepEqual(placeholders(text), placeholders(english[key]!), key)
  })
}

test('every message is used', () => {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file !== 'messages.ts')
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n')
  // `error.${reason}Title` uses what begins with "error." and ends with "Title"; tsc checks that those exist.
  const patterns = [...sources.matchAll(/`(\w+)\.\$\{[^}]*\}(\w*)`/g)].map(([, section, end]) => ({
    section: `${section}.`,
    end: end!,
  }))
  const unused = Object.keys(english).filter(
    (key) =>
      key !== 'language.name' &&
      !sources.includes(`'${key}'`) &&
      !patterns.some(({ section, end }) => key.startsWith(section) && key.endsWith(end)),
  )
  assert.deepEqual(unused, [])
})

test('every message shows on some page', () => {
  const shown = Object.values(allPages('en')).map(render).join('')
  const longestPart = (text: string) => text.split(/\{\w+\}/).reduce((a, b) => (b.length > a.length ? b : a))
  assert.deepEqual(
    Object.keys(english).filter((key) => !shown.includes(escapeHtml(longestPart(english[key]!)))),
    [],
  )
})

test('sections by name hold exactly these names', () => {
  const keys = (section: string) => Object.keys(read('en')[section]!).sort()
  assert.deepEqual(keys('permission'), [...permissions].sort())
  assert.deepEqual(keys('permissionGroup'), Object.keys(permissionGroups).sort())
  assert.deepEqual(keys('expiry'), [...expiries].sort())
  assert.deepEqual(keys('preset'), [...presets].sort())
  assert.deepEqual(keys('presetHelp'), [...presets].sort())
})

test('no two permissions read the same', () => {
  for (const { code } of languages) {
    const words = Object.values(read(code)['permission']!)
    assert.equal(new Set(words).size, words.length, code)
  }
})

test('values stand in their places, whatever they hold', () => {
  assert.equal(translator('en')('signIn.lead', { server: '$& {server}' }), 'Sign in to $& {server}')
  assert.equal(translator('ja')('permission.write:notes'), 'あなたとしてノートを投稿・削除する')
})

test('the language is the chosen one, else the best the browser asks for, else English', () => {
  assert.equal(pickLanguage('ja', 'en'), 'en')
  assert.equal(pickLanguage('en', 'ja'), 'ja')
  assert.equal(pickLanguage('ja-JP, en;q=0.8', undefined), 'ja')
  assert.equal(pickLanguage('en;q=0.5, fr, ja;q=0.9', undefined), 'ja')
  assert.equal(pickLanguage('ja;q=0, en;q=0.1', undefined), 'en')
  assert.equal(pickLanguage('fr, de', 'tlh'), 'en')
  assert.equal(pickLanguage(undefined, undefined), 'en')
  assert.equal(pickLanguage('fr', 'zh-CN'), 'zh-CN')
  assert.equal(pickLanguage(';;,q=,ja;q=x,', '__proto__'), 'en')
  assert.equal(isLanguage('toString'), false)
})

test('a language is found by any tag that asks for it', () => {
  const asked = {
    'zh-CN': ['zh', 'zh-CN', 'ZH-cn', 'zh-Hans', 'zh-Hans-HK', 'zh-SG', 'zh-TW, zh;q=0.9, en;q=0.8'],
    ko: ['ko', 'ko-KR', 'fr, ko;q=0.5'],
    id: ['id', 'id-ID', 'in', 'in-ID'],
    en: ['zh-TW', 'zh-Hant', 'zh-Hant-HK', 'idx', 'zho'],
  }
  for (const [language, headers] of Object.entries(asked)) {
    for (const header of headers) assert.equal(pickLanguage(header, undefined), language, header)
  }
})
