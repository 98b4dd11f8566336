import { type EgressFailure, failure, isFailure } from './failure.ts'
import { readTarget } from './url.ts'

export type EgressMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One request of a chain of redirects. Header names are lower case. */
export interface Hop {
  url: URL
  method: EgressMethod
  headers: Record<string, string>
  body: string | Uint8Array | undefined
}

// The connection is ours: a caller passing on headers from elsewhere must not be able to change the framing (request
// smuggling), the host, or ask for a compressed answer, whose unpacked size nothing would limit.
const ownHeaders = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

// What may follow a redirect to another origin. A list of what is harmless, because a secret can be in any header.
const harmlessHeaders = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'content-encoding',
  'content-language',
  'content-type',
  'range',
  'user-agent',
])

const bodyHeaders = new Set(['content-encoding', 'content-language', 'content-type'])

export function requestHeaders(given: Record<string, string>, userAgent: string): Record<string, string> {
  const lower = Object.entries(given).map(([name, value]): [string, string] => [name.toLowerCase(), value])
  const kept = lower.filter(([name]) => !ownHeaders.has(name))
  return { accept: '*/*', 'user-agent': userAgent, ...Object.fromEntries(kept), 'accept-encoding': 'identity' }
}

/** The request a redirect leads to; nothing when the answer is not a redirect. Methods change as in RFC 9110 15.4. */
export function nextHop(hop: Hop, status: number, location: string | undefined): Hop | EgressFailure | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined
  const url = readTarget(location, hop.url)
  if (isFailure(url)) return url
  if (hop.url.protocol === 'https:' && url.protocol === 'http:') {
    return failure('badUrl', 'redirected from https to http')
  }
  const toGet =
    (status === 303 && hop.method !== 'HEAD') || ((status === 301 || status === 302) && hop.method === 'POST')
  const headers = Object.entries(hop.headers).filter(
    ([name]) => (url.origin === hop.url.origin || harmlessHeaders.has(name)) && !(toGet && bodyHeaders.has(name)),
  )
  return {
    url,
    method: toGet ? 'GET' : hop.method,
    headers: Object.fromEntries(headers),
    body: toGet ? undefined : hop.body,
  }
}
