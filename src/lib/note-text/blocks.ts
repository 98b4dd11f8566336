import { type Found, nothingFound } from './found.ts'
import { NEST_LIMIT, step, walk } from './inline.ts'
import {
  beforeBreak,
  isLineEnd,
  isLineStart,
  lineEnd,
  nextFence,
  nextPlace,
  openSource,
  pastBreak,
  type Source,
} from './source.ts'
import { CENTER } from './spans.ts'

const SEARCH_LINE = /[ \t\u3000](?:\[search\]|\[検索\]|search|検索)$/i
const EMOJI_START = /^(?:[#*0-9©®™♟]\ufe0f|[#*0-9]\u20e3|(?![#*0-9©®™♟])\p{Emoji}(?!\ufe0e)|\ufe0f)/u

/** Reads a whole note, or the content of a quote at `depth`, and adds what it mentions to `found`. */
export function readText(text: string, depth: number, found: Found): void {
  if (depth >= NEST_LIMIT) return
  const source = openSource(text)
  let at = 0
  while (at < text.length) at = Math.max(readHere(source, at, depth, found), at + 1)
}

/** Reads the element at `at`: a block, which may start with the line break before it, or else an inline one. */
function readHere(source: Source, at: number, depth: number, found: Found): number {
  const { text } = source
  const start = pastBreak(text, at)
  const canBlock = start > at || isLineStart(text, at)
  const block = canBlock ? readBlock(source, start, depth, found) : start
  if (block > start) return block
  if (start > at) return searchEnd(source, start) ?? at
  const inline = step(source, at, { depth, inLabel: false }, found)
  if (inline > at || !canBlock) return inline
  const search = searchEnd(source, at) ?? at
  return search > at && EMOJI_START.test(text.slice(at, at + 3)) ? at : search
}

function readBlock(source: Source, at: number, depth: number, found: Found): number {
  switch (source.text[at]) {
    case '>':
      return readQuote(source, at, depth, found)
    case '`':
      return codeBlockEnd(source, at)
    case '\\':
      return mathBlockEnd(source, at)
    case '<':
      return readCenter(source, at, depth, found)
    default:
      return at
  }
}

function readQuote(source: Source, at: number, depth: number, found: Found): number {
  const { text } = source
  const lines: string[] = []
  let end = at
  let next = at
  while (text[next] === '>') {
    end = lineEnd(text, next)
    lines.push(text.slice(' \t\u3000'.includes(text[next + 1] ?? '\n') ? next + 2 : next + 1, end))
    next = pastBreak(text, end)
  }
  if (lines.length === 1 && lines[0] === '') return at
  readText(lines.join('\n'), depth + 1, found)
  // One blank line after a quote belongs to it.
  return pastBreak(text, pastBreak(text, end))
}

function codeBlockEnd(source: Source, at: number): number {
  const { text } = source
  if (!text.startsWith('```', at)) return at
  const start = pastBreak(text, lineEnd(text, at))
  const fence = nextFence(source, start + 1)
  if (fence < 0 || beforeBreak(text, fence, start) === start) return at
  return pastBreak(text, fence + 3)
}

function mathBlockEnd(source: Source, at: number): number {
  const { text } = source
  if (text[at + 1] !== '[') return at
  const start = pastBreak(text, at + 2)
  const close = nextPlace(source, '\\]', start)
  if (close < 0 || beforeBreak(text, close, start) === start || !isLineEnd(text, close + 2)) return at
  return pastBreak(text, close + 2)
}

function readCenter(source: Source, at: number, depth: number, found: Found): number {
  const { text } = source
  if (!text.startsWith('<center>', at)) return at
  const start = pastBreak(text, at + 8)
  const state = { depth: depth + 1, inLabel: false }
  const stop = walk(source, start, state, CENTER, null)
  const close = pastBreak(text, stop)
  if (stop === start || !text.startsWith(CENTER.closer, close) || !isLineEnd(text, close + 9)) return at
  walk(source, start, state, CENTER, found)
  return pastBreak(text, close + 9)
}

/** Where the search line (`words [Search]`) starting at `at` ends, or undefined. Nothing in it counts. */
function searchEnd({ text }: Source, at: number): number | undefined {
  const end = lineEnd(text, at)
  if (end < at + 4 || !']hH索'.includes(text[end - 1] ?? '')) return undefined
  const tail = SEARCH_LINE.exec(text.slice(Math.max(at, end - 9), end))
  return tail && end - tail[0].length > at ? pastBreak(text, end) : undefined
}

/** Reads a whole note. */
export function readNote(text: string): Found {
  const found = nothingFound()
  readText(text, 0, found)
  return found
}
