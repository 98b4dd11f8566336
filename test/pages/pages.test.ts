import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { render } from '../../src/lib/html.ts'
import { home } from '../../src/pages/home.ts'
import { languages } from '../../src/pages/messages.ts'
import { pageFiles } from '../../src/pages/view.ts'
import { alice, allPages, viewIn } from './sample.ts'

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1]!)
const tags = (text: string, name: string): string[] => all(text, new RegExp(`(<${name}\\b[^>]*>)`, 'g'))
const attribute = (tag: string, name: string): string | undefined => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]

const everyPage = languages.flatMap(({ code }) =>
  Object.entries(allPages(code)).map(([name, page]) => ({ name: `${name} (${code})`, code, text: render(page) })),
)

/** Runs a rule on every page in every language; a failure names the page. */
const onEveryPage = (rule: string, check: (text: string, code: string) => void) =>
  test(rule, () => {
    for (const { name, code, text } of everyPage) {
      try {
        check(text, code)
      } catch (error) {
        throw new Error(name, { cause: error })
      }
    }
  })

onEveryPage('every page is whole, in its language, and titled by itself first', (text, code) => {
  assert.match(text, new RegExp(`^<!doctype html>\\s*<html lang="${code}">`))
  assert.match(text, /<title>[^<]+ · Mamekey Village<\/title>/)
  assert.equal(tags(text, 'h1').length, 1)
  assert.equal(tags(text, 'main').length, 1)
  assert.doesNotMatch(text, /undefined|\[object|NaN|\{\w+\}/)
})

onEveryPage('every page keeps to the policy: nothing inline, nothing from elsewhere', (text) => {
  assert.doesNotMatch(text, /\sstyle=|<style|\son\w+=|javascript:/)
  for (const tag of [...tags(text, 'script'), ...tags(text, 'link')]) {
    assert.match(attribute(tag, 'src') ?? attribute(tag, 'href')!, /^\/static\/pages\//)
  }
  assert.match(text, /<script [^>]*defer><\/script>/)
  for (const image of tags(text, 'img')) {
    assert.match(image, /referrerpolicy="no-referrer"/)
    assert.match(image, /src="(https:|\/)/)
  }
})

onEveryPage('ids are unique, and what names, describes or leads to one finds it', (text) => {
  const ids = all(text, /\sid="([^"]*)"/g)
  assert.equal(new Set(ids).size, ids.length)
  const wanted = [
    ...all(text, /\sfor="([^"]*)"/g),
    ...all(text, /\shref="#([^"]*)"/g),
    ...all(text, /\sdata-copy="([^"]*)"/g),
    ...all(text, /\saria-(?:describedby|labelledby)="([^"]*)"/g).flatMap((list) => list.split(' ')),
  ]
  for (const id of wanted) assert.ok(ids.includes(id), id)
})

onEveryPage('every field has a label and every button words', (text) => {
  for (const input of tags(text, 'input').filter((tag) => attribute(tag, 'type') !== 'hidden')) {
    const id = attribute(input, 'id')
    const labelled = text.includes(`<label for="${id}"`) || /<label[^>]*>\s*$/.test(text.slice(0, text.indexOf(input)))
    assert.ok(labelled, input)
  }
  for (const content of all(text, /<(?:button|a|summary)\b[^>]*>(.*?)<\/(?:button|a|summary)>/gs)) {
    const words = content
      .replace(/<svg[^>]*aria-label="([^"]+)".*?<\/svg>/gs, '$1')
      .replace(/<[^>]*>/g, '')
      .trim()
    assert.notEqual(words, '')
  }
})

onEveryPage('forms are posted with the secret of the session', (text) => {
  for (const form of all(text, /(<form\b.*?<\/form>)/gs)) {
    assert.match(form, /^<form[^>]*method="post"/)
    assert.match(form, /<input type="hidden" name="csrf" value="csrf-1">/)
  }
})

test('the files a page asks for exist', () => {
  for (const file of pageFiles) assert.ok(readFileSync(new URL(`../../src/pages/${file}`, import.meta.url)).length > 0)
  const asked = all(render(allPages('en')['home']!), /\/static\/pages\/([\w.]+)\?v=1/g)
  assert.deepEqual(asked.sort(), [...pageFiles].sort())
})

test('the bean of the pages is the bean of the favicon', () => {
  const drawing = (text: string) => all(text, /\sd="(M[^"]+)"/g)
  const favicon = readFileSync(new URL('../../src/pages/favicon.svg', import.meta.url), 'utf8')
  const page = render(allPages('en')['home']!)
  for (const path of drawing(favicon)) assert.ok(page.includes(path), path)
})

const data = { registration: 'open', isSetUp: true, documentPath: '/api-doc' } as const

test('changing the language stays on the page, its query kept, and never leaves the server', () => {
  const links = (path: string) => all(render(home(viewIn('en', { path }), data)), /<a href="([^"]*lang=ja[^"]*)"/g)
  assert.deepEqual(links('/miauth/1?name=A%26B&lang=en'), ['/miauth/1?name=A%26B&amp;lang=ja'])
  assert.deepEqual(links('//evil.example/x'), ['/evil.example/x?lang=ja'])
  assert.deepEqual(links('/\\evil.example'), ['/evil.example?lang=ja'])
  assert.deepEqual(links('/.//evil.example'), ['/evil.example?lang=ja'])
})

test('someone signed in sees who they are and a way to sign out', () => {
  const text = render(home(viewIn('en', { me: alice }), data))
  assert.match(text, /@alice/)
  assert.match(text, /<form method="post" action="\/sign-out">/)
  assert.match(text, /href="\/settings\/api"/)
  assert.doesNotMatch(render(home(viewIn('en'), data)), /sign-out|settings\/api/)
})

test('the start page offers only what is possible', () => {
  const pages = allPages('en')
  assert.match(render(pages['home']!), /href="\/sign-up"/)
  assert.doesNotMatch(render(pages['home-closed']!), /href="\/sign-up"/)
  assert.match(render(pages['home-empty']!), /no administrator yet/)
})

test('the address to type into an app has the port, where there is one', () => {
  const text = render(home(viewIn('en', { origin: 'http://localhost:3000' }), data))
  assert.match(text, />localhost:3000<\/code>/)
})

test('a page without a secret has no empty one', () => {
  assert.doesNotMatch(render(home(viewIn('en', { me: alice, csrf: null }), data)), /csrf/)
})
