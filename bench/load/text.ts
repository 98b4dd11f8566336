/** Numbers that look random and are the same each time. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }
}

const syllables = [
  'ka',
  'to',
  'mi',
  'ren',
  'sol',
  'ver',
  'in',
  'est',
  'al',
  'or',
  'ba',
  'qui',
  'ne',
  'the',
  'ing',
  'st',
]
const signs = [
  ...'日本京都東京猫犬今日天気散歩写真電車明日仕事休憩珈琲読書音楽映画新作告知更新開発夜朝昼食事美味楽',
] as const
const kana = [...'のはがをにでともからまでよねです'] as const

/** A word that few notes have, one that many have, and one that none has. */
export const searched = { rare: 'zyxwquartz', common: 'the', missing: 'qqqzzzjjj', signs: '京都' }

/** Makes texts as people write them: half in letters, half in Japanese, some words common and most rare. */
export function textsFrom(random: () => number): () => string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
  const words = Array.from({ length: 3000 }, () =>
    Array.from({ length: 1 + random() * 3 }, () => pick(syllables)).join(''),
  )
  const japanese = Array.from({ length: 2000 }, () =>
    Array.from({ length: 1 + random() * 3 }, () => pick(signs)).join(''),
  )
  // Zipf's law, near enough: the square of a uniform number crowds at the beginning.
  const common = <T>(from: readonly T[]): T => from[Math.floor(random() ** 3 * from.length)]!
  return () => {
    const length = 4 + Math.floor(random() * 14)
    if (random() < 0.0005) return `${searched.rare} ${common(words)}`
    if (random() < 0.5) return Array.from({ length }, () => common(words)).join(' ')
    return Array.from({ length }, () => common(japanese) + pick(kana)).join('')
  }
}
