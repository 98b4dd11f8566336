/** Everything in a tar file comes in blocks of this many bytes. */
export const BLOCK = 512

/** What a header says about the member that follows it. */
export interface Member {
  name: string
  /** Bytes. */
  size: number
  /** Seconds since 1970. */
  time: number
}

/** Bytes between the end of a member and the next header. */
export const paddingOf = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK

const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`

/** The header of a plain file that only its owner may read, in the ustar form of POSIX.1-2001 (pax, “ustar Interchange Format”). */
export function makeHeader({ name, size, time }: Member): Buffer {
  const header = Buffer.alloc(BLOCK)
  if (Buffer.byteLength(name) > 100) throw new Error(`${name} is too long a name for an archive`)
  header.write(name, 0)
  header.write(octal(0o600, 8), 100)
  header.write(octal(0, 8), 108)
  header.write(octal(0, 8), 116)
  header.write(octal(size, 12), 124)
  header.write(octal(time, 12), 136)
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${octal(sum, 7)} `, 148)
  return header
}

/**
 * Reads a header that `makeHeader` has made.
 * @returns null for any other block: no byte of it may differ, so damage does not pass for another name or size
 */
export function readHeader(header: Buffer): Member | null {
  const text = (from: number, to: number) => header.toString('utf8', from, to).replace(/\0.*$/s, '')
  const member = { name: text(0, 100), size: parseInt(text(124, 136), 8), time: parseInt(text(136, 148), 8) }
  if (!(member.size >= 0 && member.time >= 0) || Buffer.byteLength(member.name) > 100) return null
  return makeHeader(member).equals(header) ? member : null
}
