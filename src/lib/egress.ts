import { lookup } from 'node:dns/promises'
import type { Readable } from 'node:stream'
import { type Resolve, resolveAllowed } from './egress/address.ts'
import { connect, type Dial, dialTcp } from './egress/connect.ts'
import { type Deadline, startDeadline } from './egress/deadline.ts'
import { type EgressHeaders, type Exchange, exchange, gather, limitBody } from './egress/exchange.ts'
import { type EgressFailure, failure, failureOf, isFailure } from './egress/failure.ts'
import { type EgressMethod, type Hop, nextHop, requestHeaders } from './egress/hop.ts'
import { readTarget } from './egress/url.ts'

export type { EgressFailure, EgressFailureKind } from './egress/failure.ts'
export { EgressError, failureOf, isFailure } from './egress/failure.ts'

export interface EgressOptions {
  /** Lets requests reach loopback and private addresses; every other rule stays. */
  allowPrivate: boolean
  userAgent: string
  /** PEM certificates to trust in place of the system's. */
  ca?: string
  /** Replaces the system's resolver. */
  resolve?: Resolve
  /** Replaces the making of TCP connections; only ever given addresses that passed the check. */
  dial?: Dial
}

export interface EgressRequest {
  /** GET unless given. */
  method?: EgressMethod
  /** Headers of the connection itself (host, content-length, accept-encoding …) are left out: they are not the caller's. */
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** The most bytes of body to take. */
  maxBytes: number
  /** For all of it, in milliseconds: names, connections, redirects and the last byte of the body. */
  timeoutMs: number
  /** 5 unless given; with 0 a redirect is handed back like any other answer. */
  maxRedirects?: number
  signal?: AbortSignal
}

interface EgressHead {
  status: number
  headers: EgressHeaders
  /** Where the answer came from, after redirects. */
  url: string
}

/** The body is as it was sent. Compression is never asked for; a server that compresses all the same says so in `content-encoding`. */
export interface EgressResponse extends EgressHead {
  body: Uint8Array
}

/** The stream ends with an error where the request fails half-way; `failureOf(error)` tells why. Destroy it to stop early. */
export interface EgressStream extends EgressHead {
  stream: Readable
}

export interface Egress {
  /** The whole answer in memory, whatever its status. */
  fetch(url: string, request: EgressRequest): Promise<EgressResponse | EgressFailure>
  /** The answer once its headers are there; for what is too large to hold in memory. */
  fetchStream(url: string, request: EgressRequest): Promise<EgressStream | EgressFailure>
  /** Ends every request under way, and takes no more. */
  close(): void
}

/**
 * The only way out of the server: every request whose URL came from outside goes through here, so that nobody can make
 * the server talk to what only it can reach (server-side request forgery). Proxy settings of the environment are not read.
 */
export function createEgress(options: EgressOptions): Egress {
  const resolve = options.resolve ?? systemResolve
  const dial = options.dial ?? dialTcp
  const open = new Set<Deadline>()
  let closed = false

  async function send(hop: Hop, deadline: Deadline): Promise<Exchange | EgressFailure> {
    const addresses = await deadline.race(resolveAllowed(hop.url, resolve, options.allowPrivate))
    if (isFailure(addresses)) return addresses
    const socket = await connect(hop.url, addresses, dial, options.ca, deadline.signal)
    return isFailure(socket) ? socket : exchange(socket, hop, deadline.signal)
  }

  async function follow(
    first: Hop,
    maxRedirects: number,
    deadline: Deadline,
  ): Promise<(Exchange & { hop: Hop }) | EgressFailure> {
    let hop = first
    for (let redirects = 0; ; redirects++) {
      const answer = await send(hop, deadline)
      if (isFailure(answer)) return answer
      const next = maxRedirects === 0 ? undefined : nextHop(hop, answer.status, answer.headers['location'])
      if (next === undefined) return { ...answer, hop }
      answer.release()
      if (isFailure(next)) return next
      if (redirects === maxRedirects) return failure('tooManyRedirects', `more than ${maxRedirects}`)
      hop = next
    }
  }

  async function fetchStream(text: string, request: EgressRequest): Promise<EgressStream | EgressFailure> {
    if (closed) return failure('network', 'the server is stopping')
    const url = readTarget(text)
    if (isFailure(url)) return url
    const deadline = startDeadline(request.timeoutMs, request.signal)
    open.add(deadline)
    const end = () => {
      deadline.end()
      open.delete(deadline)
    }
    try {
      const { method = 'GET', body, maxBytes } = request
      const headers = requestHeaders(request.headers ?? {}, options.userAgent)
      const answer = await follow({ url, method, headers, body }, request.maxRedirects ?? 5, deadline)
      if (isFailure(answer)) {
        end()
        return answer
      }
      const { status, hop, release } = answer
      const stream = limitBody(answer.body, maxBytes, () => {
        release()
        end()
      })
      // The answer to HEAD tells the length of a body that does not come.
      if (hop.method !== 'HEAD' && Number(answer.headers['content-length']) > maxBytes) {
        stream.destroy()
        return failure('tooLarge', `${answer.headers['content-length']} bytes announced, ${maxBytes} allowed`)
      }
      return { status, headers: answer.headers, url: hop.url.href, stream }
    } catch (error) {
      end()
      throw error
    }
  }

  return {
    fetchStream,
    async fetch(url, request) {
      const answer = await fetchStream(url, request)
      if (isFailure(answer)) return answer
      const { stream, ...head } = answer
      try {
        return { ...head, body: await gather(stream) }
      } catch (error) {
        return failureOf(error)
      }
    },
    close() {
      closed = true
      for (const deadline of open) deadline.abort(failure('network', 'the server is stopping'))
    },
  }
}

async function systemResolve(hostname: string): Promise<string[]> {
  const found = await lookup(hostname, { all: true })
  return found.map(({ address }) => address)
}
