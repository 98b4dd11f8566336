import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Import, importsOf, sourceFiles } from './source-files.ts'

/** What lies in src, from the top floor to the ground. An import goes down, or stays in its own folder. */
const floors: Record<string, number> = {
  'main.ts': 8,
  cli: 8,
  'server.ts': 8,
  http: 7,
  api: 6,
  pages: 6,
  streaming: 5,
  access: 5,
  jobs: 5,
  core: 4,
  views: 4,
  media: 4,
  'context.ts': 3,
  db: 2,
  bus: 2,
  config: 1,
  lib: 0,
}

/** On the top floor the entry point leads to the command line, and the command line to the server. */
const stairsAtTheTop = ['main.ts > cli', 'main.ts > server.ts', 'cli > server.ts']

const imports = sourceFiles('src').flatMap((file) => importsOf(file))

test('everything in src has a floor', () => {
  const homeless = new Set(sourceFiles('src').map(unitOf))
  assert.deepEqual([...homeless].filter((unit) => !(unit in floors)).sort(), [])
})

test('imports in src go downstairs or stay in their folder', () => {
  assert.deepEqual(imports.map(complaint).filter(Boolean), [])
})

test('the rule finds imports that climb, cross over, leave src or hide what they load', () => {
  const wrong = [
    ['src/lib/a.ts', "import { x } from '../db/open.ts'"],
    ['src/core/a.ts', "import type { Note } from '../views/note.ts'"],
    ['src/core/a.ts', "export * from '../views/note.ts'"],
    ['src/db/a.ts', "type Bus = import('../bus/memory.ts').Bus"],
    ['src/db/a.ts', "await import('../server.ts')"],
    ['src/media/a.ts', "new Worker(new URL('../jobs/worker.ts', import.meta.url))"],
    ['src/db/a.ts', "new Worker(shippedWorker('jobs/count-worker.ts'))"],
    ['src/http/a.ts', "import '../../test/server.ts'"],
    ['src/core/a.ts', 'await import(name)'],
    ['src/server.ts', "import { run } from './cli/start.ts'"],
  ] as const
  for (const [file, text] of wrong) assert.ok(importsOf(file, text).some(complaint), `${file}: ${text}`)
  const right = [
    ['src/core/a.ts', "import type { Ctx } from '../context.ts'\nimport fastify from 'fastify'"],
    ['src/access/a.ts', "import { b } from './oauth/b.ts'"],
    ['src/db/queries/a.ts', "import type { Tables } from '../schema/tables.ts'"],
    ['src/server.ts', "import { endpoints } from './api/index.ts'"],
    ['src/main.ts', "await import('./cli/test.ts')"],
    [
      'src/lib/a.ts',
      "// import { x } from '../db/open.ts'\n/* import('../db/open.ts') */ const url = 'http://x' // from",
    ],
  ] as const
  for (const [file, text] of right) assert.deepEqual(importsOf(file, text).map(complaint).filter(Boolean), [], text)
})

test('no imports in src go round in a circle', () => {
  assert.deepEqual(circles(imports), [])
  const edge = (from: string, to: string): Import => ({ from, to, relative: true, line: 1, typeOnly: true })
  assert.deepEqual(circles([edge('a', 'b'), edge('b', 'c'), edge('c', 'a'), edge('c', 'd')]), ['a > b > c > a'])
})

test('the web client takes only types from the server, and only from the list of endpoints', () => {
  const files = [...sourceFiles('web'), ...sourceFiles('web', '**/*.vue')]
  const reaching = files
    .flatMap((file) => importsOf(file))
    .filter(({ relative, to }) => relative && to?.startsWith('src/'))
  const wrong = reaching.filter(({ to, typeOnly }) => !typeOnly || to !== 'src/api/index.ts')
  assert.deepEqual(wrong.map(describe), [])
})

test('files and folders in src have kebab-case names that say what is inside', () => {
  const vague = /(^|-)(utils?|helpers?|managers?|services?)(-|$)/
  const wrong = sourceFiles('src').filter((file) => {
    const names = file.split('/').map((name) => name.replace(/\.ts$/, ''))
    return names.some((name) => vague.test(name) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
  })
  assert.deepEqual(wrong, [])
})

/** `src/db/queries/notes.ts` belongs to `db`, `src/server.ts` to itself. */
function unitOf(path: string): string {
  return path.split('/')[1] ?? ''
}

function complaint(each: Import): string | undefined {
  const from = unitOf(each.from)
  if (each.to === undefined) return floors[from] === 8 ? undefined : `${describe(each)}: say which file`
  if (!each.relative || each.to === 'package.json') return undefined
  if (!each.to.startsWith('src/')) return `${describe(each)}: outside src`
  const to = unitOf(each.to)
  if (from === to || stairsAtTheTop.includes(`${from} > ${to}`)) return undefined
  return (floors[to] ?? 9) < (floors[from] ?? -1)
    ? undefined
    : `${describe(each)}: floor ${floors[from]} to ${floors[to]}`
}

function describe({ from, to, line }: Import): string {
  return `${from}:${line} imports ${to ?? 'a computed name'}`
}

/** Each circle once, as `a > b > a`, starting from its first member by name. */
function circles(edges: Import[]): string[] {
  const next = Map.groupBy(edges, (edge) => edge.from)
  const done = new Set<string>()
  const found = new Set<string>()
  const walk = (file: string, trail: string[]) => {
    const start = trail.indexOf(file)
    if (start >= 0) {
      const ring = trail.slice(start)
      const first = ring.indexOf([...ring].sort()[0] ?? '')
      found.add([...ring.slice(first), ...ring.slice(0, first), ring[first]].join(' > '))
    }
    if (start >= 0 || done.has(file)) return
    for (const { to } of next.get(file) ?? []) if (to) walk(to, [...trail, file])
    done.add(file)
  }
  for (const file of next.keys()) walk(file, [])
  return [...found].sort()
}
