import { once } from 'node:events'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { type EgressFailure, failure, failureOf } from './failure.ts'
import { portOf } from './url.ts'

/** Begins a TCP connection to an address (never a name). */
export type Dial = (address: string, port: number) => Socket

export const dialTcp: Dial = (host, port) => connectTcp({ host, port, autoSelectFamily: false, noDelay: true })

// A host may publish an address that swallows packets: give the next one its turn before the whole deadline is gone.
const attemptMs = 3_000
const maxAttempts = 6

/**
 * A socket to one of the checked addresses, with TLS set up for an https URL: the certificate must be for the URL's
 * host, though the connection went to an address. Destroyed when the signal is aborted.
 */
export async function connect(
  url: URL,
  addresses: string[],
  dial: Dial,
  ca: string | undefined,
  signal: AbortSignal,
): Promise<Socket | EgressFailure> {
  const tried = addresses.slice(0, maxAttempts)
  let last = failure('unresolvable', 'no address')
  for (const [index, address] of tried.entries()) {
    const isLast = index === tried.length - 1
    const limit = isLast ? signal : AbortSignal.any([signal, AbortSignal.timeout(attemptMs)])
    const socket = dial(address, portOf(url))
    const error = await ready(socket, 'connect', signal, limit)
    if (!error) return url.protocol === 'https:' ? secure(url, socket, ca, signal) : socket
    if (signal.aborted) return failureOf(signal.reason)
    last = limit.aborted ? failure('timeout', `${address} did not accept a connection`) : failureOf(error)
  }
  return last
}

async function secure(
  url: URL,
  socket: Socket,
  ca: string | undefined,
  signal: AbortSignal,
): Promise<Socket | EgressFailure> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const tls = connectTls({
    socket,
    host,
    // SNI has no place for addresses (RFC 6066 section 3); the certificate is then compared with `host`.
    servername: isIP(host) ? '' : host,
    ALPNProtocols: ['http/1.1'],
    // Said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not open this client to everyone on the way.
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca }),
  })
  const error = await ready(tls, 'secureConnect', signal, signal)
  if (!error) return tls
  socket.destroy()
  if (signal.aborted) return failureOf(signal.reason)
  // The other side hanging up says nothing about its certificate.
  if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') return failureOf(error)
  return failure('badTls', error.message)
}

/** Waits for the event; gives back the error that came instead, and leaves no open socket behind then. */
async function ready(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
  limit: AbortSignal,
): Promise<Error | undefined> {
  // An error between two owners of the socket would otherwise end the process.
  socket.on('error', () => {})
  signal.addEventListener('abort', () => socket.destroy(), { once: true })
  try {
    await once(socket, event, { signal: limit })
    return undefined
  } catch (error) {
    socket.destroy()
    return error as Error
  }
}
