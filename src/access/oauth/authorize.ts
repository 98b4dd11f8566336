import type { Ctx } from '../../context.ts'
import { errorLocation } from './answer.ts'
import type { Problem } from './problem.ts'
import type { Asked, OAuthRequest, Step } from './request.ts'
import { readClient } from './steps/client.ts'
import { readClientId } from './steps/client-id.ts'
import { readCodeChallenge } from './steps/code-challenge.ts'
import { readRedirectUri } from './steps/redirect-uri.ts'
import { refuseRepeated } from './steps/repeated.ts'
import { readResponseType } from './steps/response-type.ts'
import { readScope } from './steps/scope.ts'

/** The steps of an authorization request. Clients rely on their order. */
const steps: readonly Step[] = [
  readResponseType,
  refuseRepeated,
  readClientId,
  readClient,
  readRedirectUri,
  // From here on it is known where the client is: problems are told to it.
  readScope,
  readCodeChallenge,
]

export type Authorization =
  | { kind: 'ask'; request: OAuthRequest; unknown: readonly string[] }
  /** There is nowhere it would be safe to send the person. */
  | { kind: 'direct'; problem: Problem }
  | { kind: 'redirect'; location: string }

/** Checks an authorization request (RFC 6749 section 4.1.1, with RFC 7636 and RFC 9207). */
export async function authorize(ctx: Ctx, query: URLSearchParams): Promise<Authorization> {
  const asked: Asked = {
    query,
    clientId: '',
    clientName: null,
    clientLogo: null,
    redirectUris: [],
    redirectUri: null,
    // RFC 6749 section 3.1: empty is absent.
    state: query.get('state') || null,
    permissions: [],
    unknown: [],
    codeChallenge: '',
  }
  for (const step of steps) {
    const problem = await step(ctx, asked)
    if (!problem) continue
    // RFC 6749 section 4.1.2.1: nobody is sent to an address that is not known to be the client's.
    if (asked.redirectUri === null) return { kind: 'direct', problem }
    return { kind: 'redirect', location: errorLocation(ctx, asked.redirectUri, asked.state, problem) }
  }
  const { query: _, redirectUris: __, unknown, redirectUri, ...request } = asked
  return { kind: 'ask', request: { ...request, redirectUri: redirectUri! }, unknown }
}
