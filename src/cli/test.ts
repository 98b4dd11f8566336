import { spawn } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { matchesGlob, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { checkout } from '../lib/shipped.ts'

/** One test may take this long; a browser's first start is the slowest thing here. */
const testTimeout = 120_000
/** No test may hold the event loop so long that its own limit cannot strike: the run is then ended from outside. */
const silenceTimeout = testTimeout + 30_000

interface Tally {
  passed: number
  failed: number
  skipped: number
  file: string
  finished: boolean
}

const nothing: Tally = { passed: 0, failed: 0, skipped: 0, file: '', finished: false }

/**
 * `mamekey test [pattern …] [--grep words]`: runs test/**\/*.test.ts in one process, or the files whose path matches a
 * pattern (a path, a part of one, a glob). The last line is `N passed, N failed, N skipped`.
 * Returns the exit code: 1 on a failure, when no test ran, or when something required was missing.
 */
export async function test(args: string[]): Promise<number> {
  const chosen = chooseFiles(args)
  if (typeof chosen === 'string') {
    console.error(chosen)
    return close(nothing)
  }
  const { tally, end } = await run(chosen.files, chosen.grep)
  // Tests that take the process down with them, even with process.exit(0), must not pass for having failed none.
  if (!tally.finished || (end !== 0 && tally.failed === 0)) {
    console.error(`The run broke off (${end})${tally.file && `, after a test in ${tally.file}`}.`)
    return close({ ...tally, failed: tally.failed + 1 })
  }
  if (tally.passed + tally.failed === 0) console.error('No test ran.')
  return close(tally)
}

function close({ passed, failed, skipped }: Tally): number {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
  return failed > 0 || passed === 0 ? 1 : 0
}

function chooseFiles(args: string[]): { files: string[]; grep: string | undefined } | string {
  if (!existsSync(resolve(checkout, 'test/reporter.ts')))
    return 'The tests are not part of the package. Run them in a checkout of the repository.'
  const parsed = parse(args)
  if (parsed instanceof Error) return `${parsed.message} Usage: mamekey test [pattern …] [--grep words]`
  const { positionals: patterns, values } = parsed
  const all = globSync('test/**/*.test.ts', { cwd: checkout }).sort()
  const useless = patterns.filter((pattern) => !all.some((file) => matches(file, pattern)))
  if (useless.length > 0) return `No test file matches ${useless.join(', ')}.`
  if (all.length === 0) return 'There are no test files.'
  const files = patterns.length === 0 ? all : all.filter((file) => patterns.some((pattern) => matches(file, pattern)))
  return { files, grep: values.grep }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { grep: { type: 'string' } } })
  } catch (error) {
    return error as Error
  }
}

/** `pattern` may be relative to where the command is typed or to the root. */
function matches(file: string, pattern: string): boolean {
  const path = resolve(checkout, file)
  const typed = resolve(pattern)
  return path === typed || path.startsWith(`${typed}/`) || file.includes(pattern) || matchesGlob(file, pattern)
}

function run(files: string[], grep: string | undefined): Promise<{ tally: Tally; end: number | string }> {
  const options = [
    '--test',
    '--test-isolation=none',
    '--test-force-exit',
    `--test-timeout=${testTimeout}`,
    `--test-reporter=${resolve(checkout, 'test/reporter.ts')}`,
    '--test-reporter-destination=stdout',
  ]
  if (grep !== undefined) options.push(`--test-name-pattern=${grep}`)
  // Set by a test runner for its children; a run started from inside a test would report to that one instead.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const child = spawn(process.execPath, [...options, ...files], {
    cwd: checkout,
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  let tally = nothing
  const watchdog = setTimeout(() => {
    console.error(`No test has ended for ${silenceTimeout / 1000} s.`)
    child.kill('SIGKILL')
  }, silenceTimeout)
  child.on('message', (message) => {
    tally = message as Tally
    watchdog.refresh()
  })
  const stop = () => child.kill('SIGTERM')
  process.on('SIGTERM', stop)
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code, signal) => {
      clearTimeout(watchdog)
      process.off('SIGTERM', stop)
      done({ tally, end: code ?? signal ?? 'for no known reason' })
    })
  })
}
