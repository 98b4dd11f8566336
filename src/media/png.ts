import { crc32, deflateSync } from 'node:zlib'

/** A colour as red, green and blue, 0 to 255 each. */
export type Colour = readonly [red: number, green: number, blue: number]

/** A picture of few colours: each pixel, row by row from the top left, is an index into the palette. */
export interface PaletteImage {
  width: number
  height: number
  /** At most 256. */
  palette: readonly Colour[]
  pixels: Uint8Array
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** PNG 3rd edition, section 11.2.1: colour type 3 is a palette. */
const PALETTE = 3

/** The picture as a PNG file. The same picture gives the same bytes. */
export function encodePng({ width, height, palette, pixels }: PaletteImage): Buffer {
  const depth = depthFor(palette.length)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = depth
  header[9] = PALETTE
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(pack(pixels, width, height, depth), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Bits a pixel takes: the fewest PNG knows that tell so many colours apart. */
const depthFor = (colours: number): number => [1, 2, 4, 8].find((bits) => colours <= 2 ** bits)!

/** Rows of pixels packed into bytes from the highest bit, each after a zero: "not filtered" (section 9.2). */
function pack(pixels: Uint8Array, width: number, height: number, depth: number): Buffer {
  const stride = 1 + Math.ceil((width * depth) / 8)
  const packed = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * depth
      packed[y * stride + 1 + (bit >> 3)]! |= pixels[y * width + x]! << (8 - depth - (bit & 7))
    }
  }
  return packed
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
