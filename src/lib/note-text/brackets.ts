import type { CharTest } from './characters.ts'

/**
 * Where a run of allowed characters and paired brackets ends. An opening bracket without its partner ends the run
 * before it, and so does a pair nested deeper than `limit`. The limit is also what keeps a text of thousands of
 * `https://a(` linear: no run is read further than its first `limit` unclosed brackets.
 */
export function bracketedEnd(
  text: string,
  from: number,
  isAllowed: CharTest,
  pairs: ReadonlyMap<string, string>,
  limit: number,
): number {
  const open: { at: number; closer: string }[] = []
  let at = from
  for (; at < text.length; at++) {
    if (isAllowed(text.charCodeAt(at))) continue
    const char = text[at] ?? ''
    const closer = pairs.get(char)
    if (closer !== undefined) {
      if (open.length >= limit) break
      open.push({ at, closer })
    } else if (open.at(-1)?.closer === char) open.pop()
    else break
  }
  return open[0]?.at ?? at
}
