/** Schemes that run code, open files or start other programs: no answer is ever sent to them. */
const refusedSchemes: ReadonlySet<string> = new Set([
  'javascript:',
  'file:',
  'data:',
  'mailto:',
  'tel:',
  'sms:',
  'vbscript:',
  'blob:',
  'about:',
  'filesystem:',
  'view-source:',
])

/** No callback is longer: it has to fit into an address, with the answer. */
const MAX_LENGTH = 8192

/** Where an app wants the person back: on the web, in an app of the device, nowhere, or where nobody may go. */
export type Callback =
  | { readonly kind: 'web'; readonly href: string; readonly host: string }
  | { readonly kind: 'app'; readonly href: string; readonly scheme: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'refused' }

/**
 * Reads a callback address. `host` is in its ASCII form, so that look-alike letters of other alphabets show, and without
 * the user name that could make `https://mamekey.example@evil.example` look like ours.
 */
export function readCallback(callback: string | null | undefined): Callback {
  if (!callback) return { kind: 'none' }
  // Parsers drop control characters and spaces: what was shown would not be where it leads.
  if (callback.length > MAX_LENGTH || /[\u0000-\u0020\u007f]/.test(callback)) return { kind: 'refused' }
  const url = URL.parse(callback)
  if (!url || refusedSchemes.has(url.protocol)) return { kind: 'refused' }
  const { href, host, protocol } = url
  if (protocol === 'https:' || protocol === 'http:') return { kind: 'web', href, host }
  return { kind: 'app', href, scheme: protocol }
}

/** The address with a parameter set in its query, whatever the query was before. */
export function withParameter(address: string, name: string, value: string): string {
  const url = new URL(address)
  url.searchParams.set(name, value)
  return url.href
}
