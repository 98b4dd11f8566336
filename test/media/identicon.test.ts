import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, inflateSync } from 'node:zlib'
import { IDENTICON_SIZE, identicon } from '../../src/media/identicon.ts'
import { type Colour, encodePng } from '../../src/media/png.ts'

interface Decoded {
  width: number
  height: number
  palette: Colour[]
  /** Indices into the palette, row by row. */
  pixels: number[]
}

/** Reads a palette PNG by the specification, refusing what a strict reader would refuse. */
function decode(file: Buffer): Decoded {
  assert.equal(file.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n')
  const chunks: { type: string; data: Buffer }[] = []
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at)
    const typed = file.subarray(at + 4, at + 8 + length)
    assert.equal(file.readUInt32BE(at + 8 + length), crc32(typed))
    chunks.push({ type: typed.toString('latin1', 0, 4), data: typed.subarray(4) })
    at += 12 + length
  }
  assert.deepEqual(
    chunks.map(({ type }) => type),
    ['IHDR', 'PLTE', 'IDAT', 'IEND'],
  )
  const [header, colours, data] = chunks.map((chunk) => chunk.data) as [Buffer, Buffer, Buffer]
  const [width, height, depth] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8]!]
  assert.deepEqual([...header.subarray(9)], [3, 0, 0, 0], 'palette, deflate, adaptive filters, not interlaced')
  assert.equal(colours.length % 3, 0)
  const palette = Array.from({ length: colours.length / 3 }, (_, i): Colour => {
    const [red, green, blue] = colours.subarray(i * 3)
    return [red!, green!, blue!]
  })
  const rows = inflateSync(data)
  const stride = 1 + Math.ceil((width * depth) / 8)
  assert.equal(rows.length, stride * height)
  const pixels: number[] = []
  for (let y = 0; y < height; y++) {
    assert.equal(rows[y * stride], 0, 'no filter')
    for (let x = 0; x < width; x++) {
      const bits = rows[y * stride + 1 + Math.floor((x * depth) / 8)]!
      const index = (bits >> (8 - depth - ((x * depth) % 8))) & (2 ** depth - 1)
      assert.ok(index < palette.length, 'every pixel has a colour')
      pixels.push(index)
    }
  }
  return { width, height, palette, pixels }
}

test('a picture comes out of the file as it went in, for every number of colours', () => {
  for (const colours of [1, 2, 3, 4, 5, 16, 17, 256]) {
    const [width, height] = [13, 7]
    const palette = Array.from({ length: colours }, (_, i): Colour => [i, 255 - i, (i * 7) % 256])
    const pixels = Uint8Array.from({ length: width * height }, (_, i) => (i * 31) % colours)
    const decoded = decode(encodePng({ width, height, palette, pixels }))
    assert.deepEqual(decoded, { width, height, palette, pixels: [...pixels] })
  }
})

test('an identicon is a square that is its own mirror image, never empty, clear of the corners', () => {
  for (let i = 0; i < 200; i++) {
    const { width, height, pixels } = decode(identicon(`person ${i}`))
    assert.deepEqual([width, height], [IDENTICON_SIZE, IDENTICON_SIZE])
    const rows = Array.from({ length: height }, (_, y) => pixels.slice(y * width, (y + 1) * width))
    for (const row of rows) assert.deepEqual(row, row.toReversed())
    assert.ok(pixels.some((pixel) => pixel > 0))
    for (const row of [...rows.slice(0, 16), ...rows.slice(-16)]) assert.ok(row.every((pixel) => pixel === 0))
  }
})

test('the same seed gives the same bytes, others other pictures', () => {
  assert.deepEqual(identicon('alice@mamekey.example'), identicon('alice@mamekey.example'))
  const pictures = Array.from({ length: 500 }, (_, i) => identicon(`alice${i}`).toString('base64'))
  assert.equal(new Set(pictures).size, pictures.length)
})

test('the colours stand out from the paper', () => {
  const luminance = ([red, green, blue]: Colour) => 0.2126 * red + 0.7152 * green + 0.0722 * blue
  for (let i = 0; i < 100; i++) {
    const [paper, main, second] = decode(identicon(String(i))).palette.map(luminance) as [number, number, number]
    assert.ok(paper - main > 80 && paper - second > 35, `seed ${i}`)
  }
})

test('any text is a seed', () => {
  for (const seed of ['', '\0', '../../etc/passwd', '豆'.repeat(400), '\ud800', '<svg onload=alert(1)>']) {
    assert.equal(decode(identicon(seed)).width, IDENTICON_SIZE)
  }
})
