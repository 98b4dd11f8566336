import { relative, resolve } from 'node:path'
import type { EventData } from 'node:test'
import type { TestEvent } from 'node:test/reporters'
import { inspect, styleText } from 'node:util'
import { required } from './require.ts'

/** What the reporter tells the process that started the run, after each result. */
export interface Tally {
  passed: number
  failed: number
  skipped: number
  /** The file whose test ended last, relative to the root. */
  file: string
  /** False until the last result is in. */
  finished: boolean
}

type Result = EventData.TestPass | EventData.TestFail

const root = resolve(import.meta.dirname, '..')

/**
 * A reporter for `node --test`: a line for each file, failures in full where they happen and by name at the end.
 * The tally goes to the parent process, which prints the closing line even if the tests bring this process down.
 */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0, file: '', finished: false }
  const needed = required()
  const path: string[] = []
  const failures: string[] = []
  const reasons = new Map<string, number>()
  let file: FileLine | undefined

  for await (const { type, data } of events) {
    if (type === 'test:start') path[data.nesting] = data.name
    if (type === 'test:diagnostic' && data.file) yield styleText('dim', `  ${data.message}\n`)
    if (type !== 'test:pass' && type !== 'test:fail') continue

    const name = relative(root, data.file ?? '')
    if (file?.name !== name) {
      if (file) yield lineOf(file)
      file = { name, passed: 0, failed: 0, skipped: 0, ms: 0 }
    }
    if (data.nesting === 0) file.ms += data.details.duration_ms

    const outcome = outcomeOf(type, data, needed)
    if (!outcome) continue
    tally[outcome] += 1
    file[outcome] += 1
    tally.file = name
    process.send?.(tally)
    if (outcome === 'skipped') reasons.set(reasonOf(data), (reasons.get(reasonOf(data)) ?? 0) + 1)
    if (outcome === 'failed') {
      const title = [...path.slice(0, data.nesting), data.name].join(' › ')
      const place = `${name}:${data.line ?? 1}`
      failures.push(`${title} (${place})`)
      yield `${styleText('red', `✘ ${title}`)} ${styleText('dim', place)}\n${indent(explain(type, data))}\n`
    }
  }

  tally.finished = true
  process.send?.(tally)
  if (file) yield lineOf(file)
  for (const [reason, count] of reasons) yield styleText('yellow', `skipped ${count}: ${reason}\n`)
  if (failures.length > 0) yield `\nFailed:\n${indent(failures.join('\n'))}\n`
}

interface FileLine {
  name: string
  passed: number
  failed: number
  skipped: number
  ms: number
}

/** A suite counts only when it fails by itself (a hook, its body): its tests have been counted one by one. */
function outcomeOf(type: string, data: Result, needed: string[]): 'passed' | 'failed' | 'skipped' | undefined {
  if (data.skip !== undefined || data.todo !== undefined) {
    if (data.details.type === 'suite') return undefined
    return needed.some((name) => reasonOf(data).toLowerCase().includes(name)) ? 'failed' : 'skipped'
  }
  if (type === 'test:fail') return failureType(data) === 'subtestsFailed' ? undefined : 'failed'
  return data.details.type === 'suite' ? undefined : 'passed'
}

function reasonOf({ skip, todo }: Result): string {
  const reason = skip ?? todo
  return typeof reason === 'string' && reason !== '' ? reason : 'no reason given'
}

function failureType(data: Result): unknown {
  const error = 'error' in data.details ? data.details.error : undefined
  return error && 'failureType' in error ? error.failureType : undefined
}

function explain(type: string, data: Result): string {
  if (type === 'test:pass') return `skipped although MAMEKEY_TEST_REQUIRE asks for it: ${reasonOf(data)}`
  const error = 'error' in data.details ? data.details.error : undefined
  const cause = error?.cause ?? error
  if (!(cause instanceof Error)) return typeof cause === 'string' ? cause : inspect(cause)
  const stack = (cause.stack ?? cause.message).split('\n').filter((line) => !/^\s+at .*\bnode:/.test(line))
  const deeper = cause.cause === undefined ? '' : `\ncaused by ${inspect(cause.cause)}`
  return (stack.join('\n') + deeper).replaceAll(`file://${root}/`, '').replaceAll(`${root}/`, '')
}

function lineOf({ name, passed, failed, skipped, ms }: FileLine): string {
  const mark = failed > 0 ? styleText('red', '✘') : passed > 0 ? styleText('green', '✔') : styleText('yellow', '–')
  const counts = [`${passed} passed`, failed > 0 && `${failed} failed`, skipped > 0 && `${skipped} skipped`]
  return `${mark} ${name} ${styleText('dim', `${counts.filter(Boolean).join(', ')}, ${Math.round(ms)} ms`)}\n`
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ')
}
