/** What a client publishes about itself at the address that is its id. */
export interface Client {
  /** Chosen by the client, and checked by nobody; null when it gives none. */
  name: string | null
  logoUrl: string | null
  /** Absolute, in their normal form. */
  redirectUris: readonly string[]
}

const MAX_NAME_LENGTH = 128
const MAX_URL_LENGTH = 512

/** A name a client gives itself, on one line; null when there is none. */
export function cleanName(name: unknown): string | null {
  if (typeof name !== 'string') return null
  // Controls, and the marks that turn the direction of text round, could make the page say something else.
  const line = name.toWellFormed().replaceAll(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/gu, ' ')
  const half = /[\ud800-\udbff]$/
  return line.trim().slice(0, MAX_NAME_LENGTH).replace(half, '').trimEnd() || null
}

/** An address of a picture; null for one that is not on the web. */
export function cleanUrl(url: unknown, base: string): string | null {
  if (typeof url !== 'string') return null
  const parsed = URL.parse(url, base)
  if (!parsed || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return null
  return parsed.href.length <= MAX_URL_LENGTH ? parsed.href : null
}
