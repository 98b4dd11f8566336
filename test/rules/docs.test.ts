import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { commands } from '../../src/cli/run.ts'
import { exampleEnv, settingsPage } from '../../src/cli/settings-docs.ts'
import { options, variableOf } from '../../src/config/options.ts'
import { root } from './source-files.ts'

const read = (file: string): string => readFileSync(join(root, file), 'utf8')

const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('docs/**/*.md', { cwd: root }).sort()]
const texts = [...pages, 'example.env'].map((file) => ({ file, text: read(file) }))

const generated: Record<string, () => string> = {
  'docs/operate/settings.md': settingsPage,
  'example.env': exampleEnv,
}

for (const [file, make] of Object.entries(generated)) {
  test(`${file} says what the table of settings says`, () => {
    if (process.env['MAMEKEY_TEST_UPDATE'] === '1') writeFileSync(join(root, file), make())
    assert.equal(read(file), make(), 'MAMEKEY_TEST_UPDATE=1 ./mamekey test test/rules/docs writes it anew')
  })
}

test('every link inside the documentation leads somewhere', () => {
  assert.deepEqual(
    pages.flatMap((file) => brokenLinks(file, read(file))),
    [],
  )
})

test('a link to a missing file, a missing heading or out of the repository is found', () => {
  const broken = (text: string) => brokenLinks('docs/use/tokens.md', text).length
  assert.equal(broken('[a](nowhere.md)'), 1)
  assert.equal(broken('[a](getting-started.md#no-such-heading)'), 1)
  assert.equal(broken('[a](#how-it-ends)'), 0)
  assert.equal(broken('<img src="screenshots/none.png">'), 1)
  assert.equal(broken('[a](../../../elsewhere.md)'), 1)
  assert.equal(broken('`[a](nowhere.md)` and [b](https://misskey-hub.net)'), 0)
})

test('every command the documentation names is one', () => {
  const named = texts.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:\.\/|\/mamekey\/)mamekey ([a-z-]+)/g)].map(([, command]) => ({ file, command: command! })),
  )
  assert.ok(named.length > 20)
  const unknown = named.filter(({ command }) => command !== 'help' && !Object.hasOwn(commands, command))
  assert.deepEqual(unknown, [])
})

test('every setting the documentation names is one', () => {
  const variables = new Set(Object.values(options).map(({ flag }) => variableOf(flag)))
  const unknown = texts.flatMap(({ file, text }) =>
    [...text.matchAll(/\bMAMEKEY_[A-Z_]*[A-Z]\b/g)]
      .map(([name]) => name)
      .filter((name) => !variables.has(name) && !/^MAMEKEY_(TEST|RUNTIME|BENCH)\b/.test(name))
      .filter((name) => !/^MAMEKEY_TEST_(UPDATE|REQUIRE|POSTGRES|REDIS|BROWSER)$/.test(name))
      .map((name) => `${file}: ${name}`),
  )
  assert.deepEqual(unknown, [])
})

test('the documentation holds no place on somebody’s machine and nothing left to do', () => {
  const wrong = /(?<![\w.])\/(?:home|root|tmp|Users|work)\/|\b(?:TODO|FIXME|XXX|TBD|lorem ipsum)\b|coming soon/i
  const found = texts.flatMap(({ file, text }) => {
    const match = wrong.exec(text)
    return match ? [`${file}: ${match[0]}`] : []
  })
  assert.deepEqual(found, [])
})

/** Links of a page, to files and headings of the repository, that lead nowhere. */
function brokenLinks(file: string, text: string): string[] {
  const prose = text.replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '')
  const targets = [
    ...[...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!),
    ...[...prose.matchAll(/\b(?:src|srcset)="([^"]+)"/g)].map(([, target]) => target!),
  ]
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => !leadsSomewhere(file, target))
    .map((target) => `${file}: ${target}`)
}

function leadsSomewhere(file: string, target: string): boolean {
  const [path = '', heading] = target.split('#')
  const to = path === '' ? file : join(dirname(file), path)
  if (to.startsWith('..') || !existsSync(join(root, to))) return false
  return heading === undefined || headingsOf(read(to)).has(heading)
}

/** The anchors GitHub gives the headings of a page. */
function headingsOf(text: string): Set<string> {
  const headings = [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading!)
  return new Set(headings.map((heading) => anchorOf(heading)))
}

const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
