/**
 * Grams are what the search index knows of a text: pieces of one to three characters, each as a number of 32 bits. Two
 * pieces may share a number: whoever finds a text by its grams looks into the text before saying so.
 */

/** A text as it is searched: compatibility forms and case made one, white space collapsed, no variation selectors. */
export const normalise = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\uFE0E\uFE0F]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()

const SPACE = 0x20
const isPlain = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)

const pair = (a: number, b: number): number => Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 0x7f4a7c15, 0x85ebca6b)
const triple = (a: number, b: number, c: number): number =>
  Math.imul(a + 0x27d4eb2f, 0x165667b1) ^ Math.imul(b + 0x3c6ef372, 0x9e3779b1) ^ Math.imul(c, 0x85ebca6b)

/** Told of each gram of a text: its number, and the code points it is made of. */
type Visit = (gram: number, last: number, before: number, first: number) => void

/**
 * Pairs of adjacent characters, three in a row of a–z and 0–9 (whose pairs are too common to find a word by), and single
 * characters but those and spaces.
 */
function visitGrams(normalised: string, visit: Visit): void {
  let before = 0
  let first = 0
  let plain = 0
  for (const character of normalised) {
    const code = character.codePointAt(0)!
    const isOfThose = isPlain(code)
    plain = isOfThose ? plain + 1 : 0
    if (!isOfThose && code !== SPACE) visit(code, code, 0, 0)
    if (before !== 0) visit(pair(before, code), code, before, 0)
    if (plain > 2) visit(triple(first, before, code), code, before, first)
    first = before
    before = code
  }
}

/** The different grams of some texts together, which have to be normalised. */
export function gramsOf(...normalised: string[]): number[] {
  const grams = new Set<number>()
  for (const text of normalised) visitGrams(text, (gram) => grams.add(gram | 0))
  return [...grams]
}

/** Each gram costs a look into the index, and a few that are rare leave as little as all of them do. */
const ENOUGH = 4

/**
 * The grams by which to look for a text that holds `normalised`: the few that are likely to be in the fewest texts.
 * @returns none for a text so short that it has none, as a single letter
 */
export function gramsToFind(normalised: string): number[] {
  const rarity = new Map<number, number>()
  visitGrams(normalised, (gram, ...codes) => {
    const of = codes.reduce((sum, code) => sum + (code === 0 ? 0 : rarityOf(code)), 0)
    rarity.set(gram | 0, of)
  })
  return [...rarity]
    .sort(([, a], [, b]) => b - a)
    .slice(0, ENOUGH)
    .map(([gram]) => gram)
}

/** How rare a character is: about the negative logarithm of its share in texts. */
function rarityOf(code: number): number {
  if (code === SPACE) return 2
  if (isPlain(code)) return 'etaoinsrhl'.includes(String.fromCodePoint(code)) ? 3 : code < 0x61 ? 5 : 4
  if (code >= 0x3041 && code <= 0x309f) return 4
  if (code >= 0x30a0 && code <= 0x30ff) return 5
  // Syllables of Hangul, and of other alphabets, are commoner than Han and emoji.
  if ((code >= 0xac00 && code <= 0xd7a3) || code < 0x2000) return 5
  return 7
}
