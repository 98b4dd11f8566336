/** A test of one UTF-16 code unit. */
export type CharTest = (code: number) => boolean

export const isAlphanumeric: CharTest = (code) =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)

export const isDigit: CharTest = (code) => code >= 48 && code <= 57

/** A-Z a-z 0-9 and the given ASCII punctuation. */
export function alphanumericAnd(others: string): CharTest {
  const table = Uint8Array.from({ length: 128 }, (_, code) => Number(isAlphanumeric(code)))
  for (const char of others) table[char.charCodeAt(0)] = 1
  return (code) => table[code] === 1
}

/** Anything but the given characters. NaN, the code unit past the end, is refused too. */
export function anythingBut(refused: string): CharTest {
  const table = new Uint8Array(0x10000).fill(1)
  for (const char of refused) table[char.charCodeAt(0)] = 0
  return (code) => table[code] === 1
}

/** Where the run of characters that pass the test ends. */
export function runEnd(text: string, from: number, test: CharTest): number {
  let at = from
  while (at < text.length && test(text.charCodeAt(at))) at++
  return at
}

/** Whether the character before `at` is a letter or digit: no mention, hashtag or italic starts inside a word. */
export function isAfterWord(text: string, at: number): boolean {
  return at > 0 && isAlphanumeric(text.charCodeAt(at - 1))
}
