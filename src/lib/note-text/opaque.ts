import { alphanumericAnd, anythingBut, type CharTest, isAfterWord, runEnd } from './characters.ts'
import { beforeBreak, isBroken, nextPlace, pastBreak, type Source } from './source.ts'

const isWordOrBlank = alphanumericAnd(' \t')
const isEmphasised: CharTest = (code) => isWordOrBlank(code) || code === 0x3000
const isCode = anythingBut('\r\n`´')

/** Where `` `code` `` at `at` ends; `at` when there is none. Like all readers here, it hides what is inside. */
export function inlineCodeEnd(text: string, at: number): number {
  const end = runEnd(text, at + 1, isCode)
  return end > at + 1 && text[end] === '`' ? end + 1 : at
}

/** Where `\(formula\)` at `at` ends; `at` when there is none. */
export function inlineMathEnd(source: Source, at: number): number {
  if (source.text[at + 1] !== '(') return at
  const close = nextPlace(source, '\\)', at + 2)
  return close > at + 2 && !isBroken(source, at + 2, close) ? close + 2 : at
}

/** Where `<plain>…</plain>` at `at` ends; `at` when there is none. */
export function plainEnd(source: Source, at: number): number {
  if (!source.text.startsWith('<plain>', at)) return at
  const start = pastBreak(source.text, at + 7)
  const close = nextPlace(source, '</plain>', start)
  return close >= 0 && beforeBreak(source.text, close, start) > start ? close + 8 : at
}

/** Where `*words*`, `_words_` or `__words__` at `at` ends; `at` when there is none. Only ASCII words and blanks inside. */
export function emphasisEnd(text: string, at: number, mark: '*' | '_' | '__'): number {
  if (mark !== '__' && isAfterWord(text, at)) return at
  const start = at + mark.length
  const end = runEnd(text, start, isEmphasised)
  return end > start && text.startsWith(mark, end) ? end + mark.length : at
}

/** Where the keycap emoji (`#️⃣`, `*️⃣`) at `at` ends; `at` when there is none. Its first sign is no markup. */
export function keycapEnd(text: string, at: number): number {
  const key = text[at + 1] === '\ufe0f' ? at + 2 : at + 1
  return text[key] === '\u20e3' ? key + 1 : at
}
