import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { render } from '../../src/lib/html.ts'
import { allPages } from './sample.ts'

const source = (file: string) => readFileSync(new URL(`../../src/pages/${file}`, import.meta.url), 'utf8')
const tokens = source('tokens.css')
const [lightPart, darkPart] = tokens.split('@media (prefers-color-scheme: dark)') as [string, string]

const colours = (part: string): Record<string, string> =>
  Object.fromEntries(
    [...part.matchAll(/--([\w-]+): (#[0-9A-Fa-f]{6});/g)].map(([, name, hex]) => [name!, hex!.toUpperCase()]),
  )

const light = colours(lightPart)
const dark = colours(darkPart)

/** Relative luminance and contrast ratio, WCAG 2.2. */
const luminance = (hex: string): number => {
  const [red, green, blue] = [1, 3, 5]
    .map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (a: string, b: string): number => {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

const grounds = ['paper', 'surface', 'kinako', 'green-quiet', 'azuki-quiet']

/** Words need 4.5 (WCAG 1.4.3), edges of controls and meaningful shapes 3 (1.4.11). */
const pairs: readonly (readonly [string, readonly string[], number])[] = [
  ['ink', grounds, 4.5],
  ['ink-soft', grounds, 4.5],
  ['green', ['paper', 'surface', 'kinako', 'green-quiet'], 4.5],
  ['green-strong', ['paper', 'surface', 'kinako'], 4.5],
  ['azuki', ['paper', 'surface', 'kinako', 'azuki-quiet'], 4.5],
  ['on-green', ['green', 'green-strong'], 4.5],
  ['control', ['paper', 'surface', 'kinako'], 3],
  ['bean', ['paper', 'surface', 'kinako', 'green-quiet'], 3],
  ['bean-seam', ['bean'], 3],
]

/** Lines that only part what space parts already. */
const decoration = ['hairline']

for (const [theme, palette] of Object.entries({ light, dark })) {
  test(`every pair of colours can be read, ${theme}`, () => {
    for (const [front, backs, least] of pairs) {
      for (const back of backs) {
        const found = contrast(palette[front]!, palette[back]!)
        assert.ok(found >= least, `${front} on ${back}: ${found.toFixed(2)}, needs ${least}`)
      }
    }
  })
}

test('both themes have the same colours and each stands in a pair', () => {
  assert.deepEqual(Object.keys(light).sort(), Object.keys(dark).sort())
  const paired = new Set([...pairs.flatMap(([front, backs]) => [front, ...backs]), ...decoration])
  assert.deepEqual(
    Object.keys(light).filter((name) => !paired.has(name)),
    [],
  )
})

test('the other style sheets take every colour from the tokens, and every token they use exists', () => {
  const known = new Set([...tokens.matchAll(/--([\w-]+):/g)].map(([, name]) => name))
  for (const file of ['style.css', 'parts.css', 'forms.css', 'permissions.css']) {
    const text = source(file)
    assert.doesNotMatch(text, /#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/i, `${file} has a colour of its own`)
    for (const [, name] of text.matchAll(/var\(--([\w-]+)\)/g)) assert.ok(known.has(name), `${file}: --${name}`)
    assert.doesNotMatch(text, /url\(|@import/, `${file} loads something`)
  }
})

test('the browser frame has the colour of the paper', () => {
  const page = render(allPages('en')['home']!)
  const frames = [...page.matchAll(/name="theme-color" content="(#\w+)"/g)].map(([, hex]) => hex!.toUpperCase())
  assert.deepEqual(frames, [light['paper'], dark['paper']])
})
