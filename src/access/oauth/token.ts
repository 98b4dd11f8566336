import { createHash } from 'node:crypto'
import type { Ctx } from '../../context.ts'
import { type AuthorizationCodeRow, authorizationCodeByDigest } from '../../db/queries/authorization-codes.ts'
import { claimGrant } from '../../db/queries/grants.ts'
import { userById } from '../../db/queries/users.ts'
import { sameText } from '../../lib/crypto.ts'
import { SECOND } from '../../lib/time.ts'
import { endGrant, mintToken } from '../grant.ts'
import { digestOf, newOauthSecret } from '../token.ts'
import { normalClientId } from './client-id.ts'
import { type Problem, problem } from './problem.ts'

/** RFC 6749 section 5.1. */
export interface TokenAnswer {
  access_token: string
  token_type: 'Bearer'
  scope: string
  /** Seconds; absent for a token that does not end. */
  expires_in?: number
}

/** What a client sends to exchange its code, with those it knows nothing about left out. */
type Parameters = Partial<Record<(typeof names)[number], string>>

const names = ['grant_type', 'code', 'client_id', 'redirect_uri', 'code_verifier'] as const

/** Nothing a client sends here is longer: nobody is to have megabytes hashed. */
const MAX_LENGTH = 4096

/**
 * Exchanges a code for a token (RFC 6749 section 4.1.3).
 * @param body the parameters, read from a form or from JSON
 */
export async function exchangeCode(ctx: Ctx, body: unknown): Promise<TokenAnswer | Problem> {
  const parameters = readParameters(body)
  if (typeof parameters === 'string') return problem('invalid_request', parameters)
  const { grant_type: grantType, code } = parameters
  if (!grantType) return problem('invalid_request', 'grant_type is missing.')
  // RFC 6749 section 5.2. RFC 9700 section 2.4 forbids asking for passwords.
  if (grantType !== 'authorization_code') {
    return problem('unsupported_grant_type', 'grant_type has to be authorization_code.')
  }
  if (!code) return problem('invalid_grant', 'code is missing.')
  return ctx.transact(async (tx, afterCommit) => {
    const issued = await authorizationCodeByDigest(tx, digestOf(code))
    if (!issued) return problem('invalid_grant', 'The code is unknown.')
    const end = async (reason: string): Promise<Problem> => {
      await endGrant(tx, ctx, afterCommit, issued.userId, issued.grantId)
      return problem('invalid_grant', reason)
    }
    // RFC 6749 section 4.1.2: used twice, a code was stolen, and nobody can tell which use was the client's.
    const grant = await claimGrant(tx, issued.grantId)
    if (!grant) return end('The code was used before. What it gave access to has been revoked.')
    // From here on the code is used up, whatever comes of it.
    const fault = faultOf(issued, parameters, Date.now())
    if (fault !== null) return end(fault)
    const user = await userById(tx, grant.userId)
    if (!user || user.isSuspended || user.isDeleted || user.movedToId !== null) {
      return end('The account can no longer be used.')
    }
    const token = await mintToken(tx, ctx, grant, { token: newOauthSecret() })
    const answer: TokenAnswer = { access_token: token, token_type: 'Bearer', scope: grant.permission.join(' ') }
    if (grant.expiresAt === null) return answer
    // RFC 6749 section 5.1.
    return { ...answer, expires_in: Math.max(0, Math.floor((grant.expiresAt - Date.now()) / SECOND)) }
  })
}

/** The parameters, or what is wrong with them. Credentials are never read from the address (RFC 6749 section 2.3.1). */
function readParameters(body: unknown): Parameters | string {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return 'The parameters have to be a form or a JSON object.'
  }
  const parameters: Parameters = {}
  for (const name of names) {
    const value = (body as Record<string, unknown>)[name] ?? undefined
    if (value === undefined) continue
    if (typeof value !== 'string') return `${name} has to be a text.`
    if (value.length > MAX_LENGTH) return `${name} is too long.`
    parameters[name] = value
  }
  return parameters
}

/** Why this client must not have this code; null when it may. */
function faultOf(
  issued: AuthorizationCodeRow & { clientId: string | null },
  given: Parameters,
  now: number,
): string | null {
  if (issued.expiresAt <= now) return 'The code has expired.'
  // RFC 6749 section 4.1.3. Both spellings of an address are one client.
  if (!given.client_id || normalClientId(given.client_id) !== issued.clientId) {
    return 'The client_id is not the one the code was given to.'
  }
  // RFC 6749 section 4.1.3: the very address, not only another one of the client.
  if (given.redirect_uri !== issued.redirectUri) return 'The redirect_uri is not the one the code was sent to.'
  if (!given.code_verifier) return 'code_verifier is missing.'
  // RFC 7636 section 4.6.
  const challenge = createHash('sha256').update(given.code_verifier).digest('base64url')
  return sameText(challenge, issued.codeChallenge) ? null : 'The code_verifier does not belong to the code_challenge.'
}
