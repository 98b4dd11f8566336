import { addressEnd, angleAddressEnd, linkTargetEnd } from './addresses.ts'
import { bookmark, type Found } from './found.ts'
import { emphasisEnd, inlineCodeEnd, inlineMathEnd, keycapEnd, plainEnd } from './opaque.ts'
import type { Source } from './source.ts'
import { BIG, BOLD, FUNCTION, functionHead, LABEL, type Span, STRIKE, TAGS } from './spans.ts'
import { readEmojiCode, readHashtag, readMention } from './tokens.ts'

/** Markup nested deeper than this is plain text. */
export const NEST_LIMIT = 20

/** Where the reader stands: how deep in markup, and whether in a link label, which hides mentions, tags and links. */
export interface State {
  readonly depth: number
  readonly inLabel: boolean
}

/**
 * Reads inline text until the span stops, and returns that place. With `found` it collects; without, it only measures,
 * and remembers for every place passed where it led. A text that makes us measure the same stretch from thousands of
 * openers (`[[[[[…`) is so measured once per span and depth.
 */
export function walk(source: Source, from: number, state: State, span: Span, found: Found | null): number {
  const { text } = source
  if (found) {
    let at = from
    while (at < text.length && !span.stopsAt(text, at)) at = Math.max(step(source, at, state, found), at + 1)
    return at
  }
  const stops = knownStops(source, state, span)
  const passed: number[] = []
  let at = from
  while (at < text.length && !stops[at] && !span.stopsAt(text, at)) {
    passed.push(at)
    at = Math.max(step(source, at, state, null), at + 1)
  }
  const known = stops[at] ?? 0
  const stop = known > 0 ? known - 1 : at
  for (const place of passed) stops[place] = stop + 1
  return stop
}

function knownStops(source: Source, state: State, span: Span): Int32Array {
  const key = (state.depth * 2 + Number(state.inLabel)) * 16 + span.id
  let stops = source.stops.get(key)
  if (!stops) {
    stops = new Int32Array(source.text.length + 1)
    source.stops.set(key, stops)
  }
  return stops
}

/** Reads the one inline element at `at` and returns where it ends; `at` when only an ordinary character is there. */
export function step(source: Source, at: number, state: State, found: Found | null): number {
  if (state.depth >= NEST_LIMIT) return at
  const { text } = source
  const brackets = NEST_LIMIT - state.depth
  switch (text[at]) {
    case '@':
      return state.inLabel ? at : readMention(text, at, found)
    case '#': {
      const keycap = keycapEnd(text, at)
      return keycap > at || state.inLabel ? keycap : readHashtag(text, at, brackets, found)
    }
    case ':':
      return readEmojiCode(text, at, found)
    case 'h':
      return state.inLabel ? at : addressEnd(text, at, brackets)
    case '`':
      return inlineCodeEnd(text, at)
    case '\\':
      return inlineMathEnd(source, at)
    case '*':
      return readStars(source, at, state, found)
    case '_': {
      const bold = text[at + 1] === '_' ? emphasisEnd(text, at, '__') : at
      return bold > at ? bold : emphasisEnd(text, at, '_')
    }
    case '~':
      return text[at + 1] === '~' ? readSpan(source, at + 2, state, STRIKE, found) : at
    case '<':
      return readAngle(source, at, state, found)
    case '$':
      return text[at + 1] === '[' ? readFunction(source, at, state, found) : at
    case '[':
      return readLink(source, at, at, state, found)
    case '?':
      return text[at + 1] === '[' ? readLink(source, at, at + 1, state, found) : at
    default:
      return at
  }
}

/**
 * Reads the content of a span that has been opened. A span that is empty or never closes is text, *with all that was
 * read looking for its end*: nothing in it counts, and its opener is not tried as anything else.
 */
function readSpan(source: Source, start: number, state: State, span: Span, found: Found | null): number {
  const takeBack = bookmark(found)
  const stop = walk(source, start, { ...state, depth: state.depth + 1 }, span, found)
  if (stop > start && source.text.startsWith(span.closer, stop)) return stop + span.closer.length
  takeBack()
  return stop
}

function readStars(source: Source, at: number, state: State, found: Found | null): number {
  const { text } = source
  const keycap = keycapEnd(text, at)
  if (keycap > at) return keycap
  if (text.startsWith('***', at)) return readSpan(source, at + 3, state, BIG, found)
  if (text[at + 1] === '*') return readSpan(source, at + 2, state, BOLD, found)
  return emphasisEnd(text, at, '*')
}

function readAngle(source: Source, at: number, state: State, found: Found | null): number {
  for (const [opener, span] of TAGS) {
    if (source.text.startsWith(opener, at)) return readSpan(source, at + opener.length, state, span, found)
  }
  const plain = plainEnd(source, at)
  return plain > at || state.inLabel ? plain : angleAddressEnd(source, at)
}

function readFunction(source: Source, at: number, state: State, found: Found | null): number {
  const head = functionHead(source.text, at)
  return head.whole ? readSpan(source, head.end, state, FUNCTION, found) : head.end
}

/** Reads a link whose `[` is at `open`; unlike the other spans, a `[` that starts no link is a mere character. */
function readLink(source: Source, at: number, open: number, state: State, found: Found | null): number {
  if (state.inLabel) return at
  const label: State = { depth: state.depth + 1, inLabel: true }
  const stop = walk(source, open + 1, label, LABEL, null)
  if (stop === open + 1 || !source.text.startsWith('](', stop)) return at
  const end = linkTargetEnd(source, stop + 1, NEST_LIMIT - state.depth)
  if (end < 0) return at
  if (found) walk(source, open + 1, label, LABEL, found)
  return end
}
