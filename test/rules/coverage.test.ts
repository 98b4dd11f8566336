import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { endpointsByPath } from '../../src/api/index.ts'
import { known } from '../api/contract.ts'
import { root } from './source-files.ts'

const PAGE = 'docs/api/coverage.md'

type Tag = 'core' | 'web' | 'admin' | 'niche' | 'federation-only'

/** Every endpoint clients know, by area and by who needs it. */
const areas = JSON.parse(readFileSync(join(root, 'test/fixtures/areas.json'), 'utf8')) as Record<
  string,
  Partial<Record<Tag, string[]>>
>

const meaning: Record<Tag, string> = {
  core: 'What apps and bots call: needed for daily use.',
  web: 'What a full web client calls besides.',
  admin: 'For those who run a server.',
  niche: 'Games, pages, charts, chat, exports and other things few use.',
  'federation-only': 'For servers that talk to other servers, which Mamekey does not.',
}

/** Endpoints of the core that wait for something that is not there yet, or never will be. */
const waiting: Record<string, string> = {
  'ap/show': 'looks things up on other servers: there is no federation',
}

const is = (path: string) => endpointsByPath.has(path)

function page(): string {
  const tags = Object.keys(meaning) as Tag[]
  const all = (tag: Tag) => Object.values(areas).flatMap((area) => area[tag] ?? [])
  const count = (paths: readonly string[]) => `${paths.filter(is).length} of ${paths.length}`
  const lines = [
    '# What of the Misskey API is there',
    '',
    `The ${Object.keys(known).length} endpoints that \`misskey-js\` 2026.5.1 knows, and which of them Mamekey has. Clients learn the same from`,
    '`endpoints`. Made from the list of endpoints; a test keeps it true.',
    '',
    '| kind | there | what it is |',
    '|---|---|---|',
    ...tags.map((tag) => `| ${tag} | ${count(all(tag))} | ${meaning[tag]} |`),
    `| **all** | **${count(tags.flatMap(all))}** | |`,
    '',
  ]
  for (const [area, byTag] of Object.entries(areas)) {
    lines.push(`## ${area}`, '', '| endpoint | kind | there |', '|---|---|---|')
    for (const tag of tags) {
      for (const path of byTag[tag] ?? []) {
        const state = is(path) ? 'yes' : waiting[path] ? `no: ${waiting[path]}` : ''
        lines.push(`| \`${path}\` | ${tag} | ${state} |`)
      }
    }
    lines.push('')
  }
  const more = [...endpointsByPath.keys()].filter((path) => !(path in known)).sort()
  if (more.length > 0) {
    lines.push('## Our own', '', 'Endpoints no other server has.', '', ...more.map((path) => `- \`${path}\``), '')
  }
  return lines.join('\n')
}

test('the areas hold every endpoint that clients know, once', () => {
  const listed = Object.values(areas).flatMap((area) => Object.values(area).flat())
  assert.deepEqual(listed.toSorted(), Object.keys(known).toSorted())
})

test(`${PAGE} says what is there`, () => {
  const file = join(root, PAGE)
  if (process.env['MAMEKEY_TEST_UPDATE'] === '1') writeFileSync(file, page())
  assert.equal(
    readFileSync(file, 'utf8'),
    page(),
    'MAMEKEY_TEST_UPDATE=1 ./mamekey test test/rules/coverage writes it anew',
  )
})

test('what is said to wait is not there', () => {
  assert.deepEqual(Object.keys(waiting).filter(is), [])
})
