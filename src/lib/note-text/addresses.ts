import { bracketedEnd } from './brackets.ts'
import { alphanumericAnd } from './characters.ts'
import { nextPlace, type Source } from './source.ts'

const isAddressChar = alphanumericAnd('.,_/:%#@$&?!~=+-')
const ADDRESS_BRACKETS = new Map([
  ['(', ')'],
  ['[', ']'],
])

function afterScheme(text: string, at: number): number {
  if (text.startsWith('https://', at)) return at + 8
  return text.startsWith('http://', at) ? at + 7 : -1
}

/** Where the bare address (`https://…`) at `at` ends; `at` when there is none. Full stops and commas stay outside. */
export function addressEnd(text: string, at: number, brackets: number): number {
  const start = afterScheme(text, at)
  if (start < 0) return at
  let end = bracketedEnd(text, start, isAddressChar, ADDRESS_BRACKETS, brackets)
  while (end > start && (text[end - 1] === '.' || text[end - 1] === ',')) end--
  return end > start ? end : at
}

/** Where the address in angle brackets (`<https://…>`) at `at` ends; `at` when there is none. */
export function angleAddressEnd(source: Source, at: number): number {
  const start = afterScheme(source.text, at + 1)
  if (start < 0) return at
  const close = nextPlace(source, '>', start)
  if (close <= start) return at
  for (const blank of [' ', '\u3000', '\t', '\n']) {
    const place = nextPlace(source, blank, start)
    if (place >= 0 && place < close) return at
  }
  return close + 1
}

/** Where the `(address)` after a link label ends, given the place of its `(`; -1 when it is not one. */
export function linkTargetEnd(source: Source, at: number, brackets: number): number {
  // Thousands of `[` may share one label end: its address is read once.
  const key = at * 32 + brackets
  let end = source.linkEnds.get(key)
  if (end === undefined) {
    const start = at + 1
    const close = source.text[start] === '<' ? angleAddressEnd(source, start) : addressEnd(source.text, start, brackets)
    end = close > start && source.text[close] === ')' ? close + 1 : -1
    source.linkEnds.set(key, end)
  }
  return end
}
