import { alphanumericAnd, runEnd } from './characters.ts'
import { breakLength, pastBreak } from './source.ts'

/** A stretch of text that is read until something ends it. */
export interface Span {
  readonly id: number
  /** Ends it well when it stands where the reading stopped. */
  readonly closer: string
  /** Whether the reading stops here, be it at the closer or at what the span may not hold. */
  stopsAt(text: string, at: number): boolean
}

function span(id: number, closer: string): Span {
  const first = closer.charCodeAt(0)
  return { id, closer, stopsAt: (text, at) => text.charCodeAt(at) === first && text.startsWith(closer, at) }
}

const withoutBreak = (inner: Span): Span => ({
  ...inner,
  stopsAt: (text, at) => breakLength(text, at) > 0 || inner.stopsAt(text, at),
})

export const BIG = span(0, '***')
export const BOLD = span(1, '**')
export const STRIKE = withoutBreak(span(2, '~~'))
export const FUNCTION = span(3, ']')
export const LABEL = withoutBreak(span(4, ']'))
export const CENTER: Span = {
  id: 5,
  closer: '</center>',
  stopsAt: (text, at) => text.startsWith('</center>', pastBreak(text, at)),
}
export const TAGS: readonly (readonly [opener: string, span: Span])[] = [
  ['<b>', span(6, '</b>')],
  ['<i>', span(7, '</i>')],
  ['<s>', span(8, '</s>')],
  ['<small>', span(9, '</small>')],
]

const isWord = alphanumericAnd('_')
const isValue = alphanumericAnd('_.-')

function argumentEnd(text: string, at: number): number {
  const key = runEnd(text, at, isWord)
  if (key === at || text[key] !== '=') return key
  const value = runEnd(text, key + 1, isValue)
  return value > key + 1 ? value : key
}

/**
 * Reads the head of a function, `$[name.key=value,key `, at the `$` at `at`. Returns where it ends, and whether it is
 * whole; half a head is text up to there.
 */
export function functionHead(text: string, at: number): { end: number; whole: boolean } {
  const name = runEnd(text, at + 2, isWord)
  if (name === at + 2) return { end: name, whole: false }
  let end = name
  let next = text[end] === '.' ? argumentEnd(text, end + 1) : end
  while (next > end + 1) {
    end = next
    if (text[end] === ',') next = argumentEnd(text, end + 1)
  }
  return text[end] === ' ' ? { end: end + 1, whole: true } : { end, whole: false }
}
