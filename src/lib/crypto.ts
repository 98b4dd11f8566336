import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** The largest multiple of the alphabet's size in a byte: bytes from here on would favour its first letters. */
const FAIR = 256 - (256 % ALPHABET.length)

/** A random secret of `length` characters out of `[0-9A-Za-z]`, each equally likely (5.95 bits a character). */
export function randomSecret(length: number): string {
  let secret = ''
  while (secret.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < FAIR && secret.length < length) secret += ALPHABET[byte % ALPHABET.length]
    }
  }
  return secret
}

/** Hexadecimal SHA-256 of the UTF-8 text. Enough for secrets of 90 bits and more, which nobody can guess. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Hexadecimal HMAC-SHA-256: for short codes, whose digest alone could be guessed by trying them all. */
export const hmac = (key: Uint8Array, text: string): string => createHmac('sha256', key).update(text).digest('hex')

/** Compares two texts without telling by the time taken where they differ. */
export function sameText(one: string, other: string): boolean {
  const a = createHash('sha256').update(one).digest()
  const b = createHash('sha256').update(other).digest()
  return timingSafeEqual(a, b)
}
