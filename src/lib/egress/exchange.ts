import type { Socket } from 'node:net'
import { pipeline, type Readable, Transform } from 'node:stream'
import type { Dispatcher } from 'undici'
import { EgressError, type EgressFailure, failure, failureOf } from './failure.ts'
import type { Hop } from './hop.ts'

/** Repeated headers are joined with `, `; names are lower case. */
export type EgressHeaders = Readonly<Record<string, string>>

export interface Exchange {
  status: number
  headers: EgressHeaders
  body: Readable
  /** Closes the connection. */
  release(): void
}

/**
 * Sends one request over a socket made for it and waits for the headers. The connection serves this request alone: kept
 * for later ones, it could carry a request whose host was never checked.
 */
export async function exchange(socket: Socket, hop: Hop, signal: AbortSignal): Promise<Exchange | EgressFailure> {
  // Loaded with the first request: a server that makes none starts without it.
  const { Client, errors } = await import('undici')
  const sockets = [socket]
  const client = new Client(hop.url.origin, {
    // Answered later, as by a real connection: undici does not go on when called back at once.
    connect: (_, callback) =>
      queueMicrotask(() => {
        const only = sockets.pop()
        if (only) callback(null, only)
        else callback(new Error('the connection ended before the answer'), null)
      }),
    allowH2: false,
    // The deadline covers both.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  const release = () => {
    client.destroy().catch(() => {})
    socket.destroy()
  }
  let answer: Dispatcher.ResponseData
  try {
    answer = await client.request({
      method: hop.method,
      path: hop.url.pathname + hop.url.search,
      headers: hop.headers,
      body: hop.body ?? null,
      reset: true,
      signal,
    })
  } catch (error) {
    release()
    if (error instanceof errors.InvalidArgumentError) throw error
    return failureOf(signal.aborted ? signal.reason : error)
  }
  answer.body.on('error', () => {})
  return { status: answer.statusCode, headers: plainHeaders(answer.headers), body: answer.body, release }
}

function plainHeaders(headers: Dispatcher.ResponseData['headers']): EgressHeaders {
  // No prototype: a header named after a property of objects is only a header.
  const plain: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return plain
}

/** The body, cut off with an `EgressError` after `maxBytes`. `done` is called once, when nothing more will come. */
export function limitBody(body: Readable, maxBytes: number, done: () => void): Readable {
  let size = 0
  const limited = new Transform({
    transform(chunk: Uint8Array, _, callback) {
      size += chunk.byteLength
      if (size > maxBytes) callback(new EgressError(failure('tooLarge', `more than ${maxBytes} bytes`)))
      else callback(null, chunk)
    },
  })
  // Whoever reads the stream sees its error; one who left it unread does not bring the process down.
  limited.on('error', () => {})
  return pipeline(body, limited, done)
}

/** The whole body in one piece. Chunks are copied as they come: kept, a body sent byte by byte would fill the memory. */
export async function gather(stream: Readable): Promise<Uint8Array> {
  let body = new Uint8Array(16_384)
  let size = 0
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    if (size + chunk.byteLength > body.byteLength) {
      const larger = new Uint8Array(Math.max(size + chunk.byteLength, body.byteLength * 2))
      larger.set(body)
      body = larger
    }
    body.set(chunk, size)
    size += chunk.byteLength
  }
  return body.subarray(0, size)
}
