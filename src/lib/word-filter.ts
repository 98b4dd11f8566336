import { Script } from 'node:vm'

/** A regular expression that an administrator has written between slashes. */
type Pattern = readonly [source: string, flags: string]

/** Longer than any note with its warning and its poll. */
const MAX_TEXT = 8192
/** Milliseconds after which all patterns together, and then each by itself, are given up on. */
const TOGETHER = 50
const ALONE = 10
/** After so many that took too long by themselves no more are tried: a list of such would hold up everybody. */
const SLOW = 5

/**
 * Whether a text holds what one of the filters names: a word or part of one; several of them with spaces between, all of
 * which must be there; or a regular expression as `/…/flags`. Letters count in their case. Whatever a regular expression
 * would take too long for, or is none, matches nothing.
 */
export function holdsFiltered(text: string, filters: readonly string[]): boolean {
  const read = text.slice(0, MAX_TEXT)
  const patterns: Pattern[] = []
  for (const filter of filters) {
    const pattern = patternOf(filter)
    if (pattern === null) {
      if (holdsAll(read, filter)) return true
    } else if (isUsable(pattern)) patterns.push(pattern)
  }
  return patterns.length > 0 && matchesAny(read, patterns)
}

/** Whether a filter can match anything: it has words, or is a regular expression that is safe to run. */
export function isUsableFilter(filter: string): boolean {
  const pattern = patternOf(filter)
  return pattern === null ? wordsOf(filter).length > 0 : isUsable(pattern)
}

const wordsOf = (filter: string): string[] => filter.split(' ').filter((word) => word !== '')

function holdsAll(text: string, filter: string): boolean {
  const words = wordsOf(filter)
  return words.length > 0 && words.every((word) => text.includes(word))
}

function patternOf(filter: string): Pattern | null {
  const end = filter.lastIndexOf('/')
  return filter.startsWith('/') && end > 1 ? [filter.slice(1, end), filter.slice(end + 1)] : null
}

function isUsable([source, flags]: Pattern): boolean {
  try {
    new RegExp(source, flags)
  } catch {
    return false
  }
  return !repeatsRepetition(source)
}

/** Whether a group that repeats something is itself repeated, which can take time without end: `(a+)+`. */
function repeatsRepetition(source: string): boolean {
  const plain = source.replaceAll(/\\./gs, 'x').replaceAll(/\[[^\]]*\]/g, 'x')
  const groups: boolean[] = [false]
  for (let index = 0; index < plain.length; index++) {
    const isClosing = plain[index] === ')'
    if (plain[index] === '(') groups.push(false)
    const inner = isClosing && groups.length > 1 && groups.pop()!
    const isRepeated = /[*+{]/.test(plain[index + (isClosing ? 1 : 0)] ?? '')
    if (inner && isRepeated) return true
    if (inner || isRepeated) groups[groups.length - 1] = true
  }
  return false
}

/** What takes too long together is tried one by one, so that one bad pattern does not undo the others. */
function matchesAny(text: string, patterns: readonly Pattern[]): boolean {
  const together = run(text, patterns, TOGETHER)
  if (together !== null) return together
  let slow = 0
  for (const pattern of patterns) {
    const matches = run(text, [pattern], ALONE)
    if (matches) return true
    if (matches === null && ++slow === SLOW) return false
  }
  return false
}

/** Regular expressions can only be stopped from outside, by the one who runs the script; null when it was. */
function run(text: string, patterns: readonly Pattern[], timeout: number): boolean | null {
  const code = `${JSON.stringify(patterns)}.some(([source, flags]) => new RegExp(source, flags).test(${JSON.stringify(text)}))`
  try {
    return new Script(code).runInThisContext({ timeout }) as boolean
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null
    throw error
  }
}
