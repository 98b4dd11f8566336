import { spawn } from 'node:child_process'
import { cpSync, globSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import type { Mutant } from './mutate-find.ts'

/** One run of tests; more is a loop that the mutant has made endless. */
const TIMEOUT = 180_000

/** What a folder's tests are near to: they run first, for the first failure ends the run. */
const near: [part: RegExp, tests: RegExp][] = [
  [/oauth\/(client|h-app|link)/, /oauth\/client-discovery/],
  [/oauth\/(token|code)/, /oauth\/(rfc6749-token|decision)/],
  [/oauth\//, /oauth\/(rfc6749|rfc7636|rfc8252|rfc9700|decision)/],
  [/(legacy-app|callback|grant)\.ts/, /access\/legacy|api\/tokens/],
  [/(session|cookie|principal|uses)\.ts/, /api\/(sign-in|credentials|tokens)|access\/token-page/],
  [/(sign-up|setup)\.ts/, /api\/sign-up/],
  [/./, /api\/(tokens|credentials|sign)|access\/legacy/],
]

/** Tests that take long and notice little that others do not. */
const late = /test\/(cli|pages)\/|discovery-network|secrets|concurrency|oauth\/docs/

/** The tests that concern access, relative to the root. */
export function testsOf(root: string): string[] {
  const api = 'test/api/{tokens,sign-in,sign-up,credentials,gate-order,rate-limits}*.test.ts'
  return globSync(['test/access/**/*.test.ts', api, 'test/pages/**/*.test.ts', 'test/cli/administration.test.ts'], {
    cwd: root,
  }).sort()
}

/** The tests in three groups: those near to a file, the others, and the slow ones. */
export function staged(path: string, tests: string[]): string[][] {
  const first = near.find(([part]) => part.test(path))![1]
  const stageOf = (test: string): number => (first.test(test) ? 0 : late.test(test) ? 2 : 1)
  return [0, 1, 2].map((stage) => tests.filter((test) => stageOf(test) === stage)).filter((group) => group.length > 0)
}

/** A copy of the tree in which files can be changed. */
export function copyOf(root: string): { tree: string; remove(): void } {
  const tree = mkdtempSync(join(tmpdir(), 'mamekey-mutate-'))
  const left = new Set(['node_modules', '.git', '.runtime', 'data', 'dist'])
  cpSync(root, tree, { recursive: true, filter: (from) => relative(root, from) === '' || !left.has(basename(from)) })
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'), 'junction')
  return { tree, remove: () => rmSync(tree, { recursive: true, force: true }) }
}

/**
 * Runs tests until one fails.
 * @returns the failure in words, or null when there was none
 */
export function firstFailure(tree: string, files: string[]): Promise<string | null> {
  const { NODE_TEST_CONTEXT: _, MAMEKEY_TEST_POSTGRES: __, MAMEKEY_TEST_REDIS: ___, ...env } = process.env
  const options = ['--test', '--test-isolation=none', '--test-force-exit', '--test-timeout=60000']
  const child = spawn(
    process.execPath,
    [...options, `--test-reporter=${join(tree, 'bench/mutate-reporter.ts')}`, ...files],
    {
      cwd: tree,
      env: { ...env, MAMEKEY_TEST_REQUIRE: '' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    },
  )
  let failed: string | null = null
  const stop = (reason: string) => {
    failed ??= reason
    child.kill('SIGKILL')
  }
  const timer = setTimeout(() => stop('no end: the run took too long'), TIMEOUT)
  child.on('message', (message) => {
    const { name, file } = message as { name: string; file?: string }
    stop(`${file ? relative(join(tree, 'test'), file) : 'a test'} “${name}”`)
  })
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      done(failed ?? (code === 0 ? null : `a run that broke off (${code ?? signal})`))
    })
  })
}

/** Tries one mutant in a copy of the tree, which is left as it was. */
export async function tryMutant(tree: string, mutant: Mutant, source: string, tests: string[]): Promise<string | null> {
  writeFileSync(join(tree, mutant.path), mutant.text)
  try {
    for (const group of staged(mutant.path, tests)) {
      const failure = await firstFailure(tree, group)
      if (failure !== null) return failure
    }
    return null
  } finally {
    writeFileSync(join(tree, mutant.path), source)
  }
}
