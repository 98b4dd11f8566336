import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

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

const CIPHER = 'aes-256-gcm'
const NONCE_LENGTH = 12
const TAG_LENGTH = 16

/** Encrypts what must be read back later, and protects it from being changed. Every call gives another text. */
export function seal(key: Uint8Array, text: string): string {
  const nonce = randomBytes(NONCE_LENGTH)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_LENGTH })
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** Reads what `seal` made with the same key; throws when it was changed or the key is another. */
export function unseal(key: Uint8Array, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_LENGTH), { authTagLength: TAG_LENGTH })
  decipher.setAuthTag(bytes.subarray(NONCE_LENGTH, NONCE_LENGTH + TAG_LENGTH))
  return decipher.update(bytes.subarray(NONCE_LENGTH + TAG_LENGTH), undefined, 'utf8') + decipher.final('utf8')
}
