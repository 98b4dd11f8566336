import { createHash } from 'node:crypto'
import { type Colour, encodePng } from './png.ts'

/** Width and height of the picture, in pixels. */
export const IDENTICON_SIZE = 160

const CELLS = 5
const CELL = 24
/** Clients cut pictures of people to a circle: what matters keeps away from the corners. */
const MARGIN = (IDENTICON_SIZE - CELLS * CELL) / 2

type Palette = readonly [paper: Colour, main: Colour, second: Colour]

/** Colours of a kitchen, each set a quiet ground and two tones that stand out on it. */
const palettes: readonly Palette[] = [
  // edamame
  [
    [0xe8, 0xf0, 0xdc],
    [0x4f, 0x7f, 0x3a],
    [0x9b, 0xb9, 0x78],
  ],
  // azuki
  [
    [0xf9, 0xe9, 0xe7],
    [0x9b, 0x2f, 0x3d],
    [0xd2, 0x8d, 0x8b],
  ],
  // kinako
  [
    [0xf0, 0xe6, 0xd2],
    [0x8a, 0x62, 0x2a],
    [0xc6, 0xa0, 0x66],
  ],
  // persimmon
  [
    [0xfb, 0xe8, 0xd6],
    [0xb8, 0x56, 0x1e],
    [0xe0, 0xa1, 0x6c],
  ],
  // matcha
  [
    [0xf1, 0xee, 0xd3],
    [0x6b, 0x74, 0x2b],
    [0xb3, 0xb4, 0x6a],
  ],
  // black bean
  [
    [0xec, 0xe4, 0xdc],
    [0x4a, 0x3b, 0x36],
    [0xa4, 0x8d, 0x80],
  ],
  // plum
  [
    [0xf5, 0xe6, 0xee],
    [0x8a, 0x3d, 0x6b],
    [0xc9, 0x93, 0xb2],
  ],
  // mustard
  [
    [0xfa, 0xef, 0xcb],
    [0x96, 0x6d, 0x08],
    [0xd9, 0xb4, 0x4e],
  ],
  // indigo dye
  [
    [0xe5, 0xea, 0xec],
    [0x2f, 0x53, 0x6b],
    [0x8a, 0xa8, 0xb6],
  ],
  // celadon
  [
    [0xe2, 0xee, 0xe6],
    [0x2f, 0x6d, 0x5c],
    [0x86, 0xb5, 0xa2],
  ],
]

/** A picture for a name: a mirrored pattern that is always the same for the same seed. As PNG: some clients show no SVG. */
export function identicon(seed: string): Buffer {
  const digest = createHash('sha256').update(seed).digest()
  const palette = palettes[digest[0]! % palettes.length]!
  const cells = cellsOf(digest.subarray(1))
  const pixels = new Uint8Array(IDENTICON_SIZE * IDENTICON_SIZE)
  for (let row = 0; row < CELLS; row++) {
    for (let column = 0; column < CELLS; column++) {
      const colour = cells[row]![Math.min(column, CELLS - 1 - column)]!
      fillCell(pixels, row, column, colour)
    }
  }
  return encodePng({ width: IDENTICON_SIZE, height: IDENTICON_SIZE, palette, pixels })
}

/** The left half with the middle, as indices into the palette: half of the cells paper, the second tone the rarest. */
function cellsOf(random: Uint8Array): number[][] {
  const half = Math.ceil(CELLS / 2)
  const cells = Array.from({ length: CELLS }, (_, row) =>
    Array.from({ length: half }, (_, column) => {
      const byte = random[row * half + column]!
      return byte < 112 ? 0 : byte < 208 ? 1 : 2
    }),
  )
  // One cell is always there, so that no picture is empty.
  cells[2]![2] ||= 1
  return cells
}

function fillCell(pixels: Uint8Array, row: number, column: number, colour: number): void {
  const left = MARGIN + column * CELL
  for (let y = MARGIN + row * CELL; y < MARGIN + (row + 1) * CELL; y++) {
    const start = y * IDENTICON_SIZE + left
    pixels.fill(colour, start, start + CELL)
  }
}
