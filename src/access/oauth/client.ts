import type { Egress, EgressFailureKind, EgressResponse } from '../../lib/egress.ts'
import { isFailure } from '../../lib/egress.ts'
import { SECOND } from '../../lib/time.ts'
import { readJsonClient } from './client-json.ts'
import { readPageClient } from './client-page.ts'
import type { Client } from './client-text.ts'
import { redirectUrisOfLinks } from './link-header.ts'
import { type Problem, problem } from './problem.ts'

const TIMEOUT = 5 * SECOND
const MAX_BYTES = 1024 * 1024

const reasons: Record<EgressFailureKind, string> = {
  badUrl: 'leads to an address that is not fetched: another scheme, a port of another service, or from https to http',
  privateAddress: 'is on a private network, which this server does not reach into',
  unresolvable: 'is on a host that has no address',
  refused: 'is on a host that refuses connections',
  timeout: `was not answered within ${TIMEOUT / SECOND} seconds`,
  tooLarge: `is larger than ${MAX_BYTES} bytes`,
  tooManyRedirects: 'redirects too often',
  badTls: 'is on a host whose certificate is not valid for it',
  network: 'could not be fetched: the connection broke off',
}

/**
 * Finds out about a client: its redirect addresses from `Link` headers, everything from a JSON document, or from links
 * and the h-app of a page.
 * @param clientId in its normal form
 * @param given as the client sent it
 */
export async function discoverClient(egress: Egress, clientId: string, given: string): Promise<Client | Problem> {
  const answer = await egress.fetch(clientId, {
    headers: { accept: 'application/json, text/html;q=0.9, */*;q=0.1' },
    maxBytes: MAX_BYTES,
    timeoutMs: TIMEOUT,
  })
  if (isFailure(answer)) return fault(reasons[answer.failed])
  if (answer.status < 200 || answer.status > 299) return fault(`answered ${answer.status}`)
  const linked = redirectUrisOfLinks(answer.headers['link'] ?? '', answer.url)
  const found = isJson(answer) ? readJsonClient(answer, clientId, given) : await readPageClient(answer, clientId)
  if (typeof found === 'string') return fault(found)
  return { ...found, redirectUris: [...linked, ...found.redirectUris] }
}

const fault = (reason: string): Problem => problem('invalid_request', `The client_id ${reason}.`)

const isJson = ({ headers }: EgressResponse): boolean =>
  /^application\/(?:[\w.+-]+\+)?json$/i.test((headers['content-type'] ?? '').split(';', 1)[0]!.trim())
