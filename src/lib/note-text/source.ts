/** What the scanner reads: one text, and what it has already learnt about it. */
export interface Source {
  readonly text: string
  /** Where a needle occurs, in order; filled when first asked for. */
  readonly places: Map<string, number[]>
  /** Where a walk in a given state stops, per position plus one (0: not walked yet). */
  readonly stops: Map<number, Int32Array>
  /** Where the address after a link label ends (-1: it is no link). */
  readonly linkEnds: Map<number, number>
}

/** Wraps a text for one scan. */
export function openSource(text: string): Source {
  return { text, places: new Map(), stops: new Map(), linkEnds: new Map() }
}

/** The first place of `needle` at or after `from`, or -1. */
export function nextPlace(source: Source, needle: string, from: number): number {
  return nextOf(source, needle, from, () => true)
}

/** The first code fence alone on its line at or after `from`, or -1. */
export function nextFence(source: Source, from: number): number {
  const { text } = source
  return nextOf(source, '```', from, (at) => isLineStart(text, at) && isLineEnd(text, at + 3))
}

function nextOf(source: Source, needle: string, from: number, accept: (at: number) => boolean): number {
  // Searching anew each time is quadratic for a text of openers whose one closer is far away; a sorted list is not.
  let places = source.places.get(needle)
  if (!places) {
    places = []
    for (let at = source.text.indexOf(needle); at >= 0; at = source.text.indexOf(needle, at + 1)) {
      if (accept(at)) places.push(at)
    }
    source.places.set(needle, places)
  }
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  return places[low] ?? -1
}

/** Length of the line break at `at`: 2 for CR LF, 1 for a lone CR or LF, 0 for anything else. */
export function breakLength(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code === 10) return 1
  if (code !== 13) return 0
  return text.charCodeAt(at + 1) === 10 ? 2 : 1
}

/** `at`, moved past one line break if there is one. */
export function pastBreak(text: string, at: number): number {
  return at + breakLength(text, at)
}

/** `at`, moved before the line break that ends there, but never before `floor`. */
export function beforeBreak(text: string, at: number, floor: number): number {
  if (at >= floor + 2 && text.startsWith('\r\n', at - 2)) return at - 2
  return at > floor && breakLength(text, at - 1) > 0 ? at - 1 : at
}

export function isLineStart(text: string, at: number): boolean {
  return at === 0 || breakLength(text, at - 1) > 0
}

export function isLineEnd(text: string, at: number): boolean {
  return at >= text.length || breakLength(text, at) > 0
}

/** Where the line holding `from` ends: the place of its line break, or the end of the text. Reads the whole line. */
export function lineEnd(text: string, from: number): number {
  let at = from
  while (!isLineEnd(text, at)) at++
  return at
}

/** Whether a line break stands between two places; unlike `lineEnd`, cheap to ask again and again of one long line. */
export function isBroken(source: Source, from: number, to: number): boolean {
  const feed = nextPlace(source, '\n', from)
  const carriage = nextPlace(source, '\r', from)
  return (feed >= 0 && feed < to) || (carriage >= 0 && carriage < to)
}
