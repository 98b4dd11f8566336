import type { Ctx } from '../../context.ts'
import { insertAuthorizationCode } from '../../db/queries/authorization-codes.ts'
import { MINUTE } from '../../lib/time.ts'
import { answer, ask, type Decision, type Outcome } from '../consent.ts'
import { writeGrant } from '../grant.ts'
import { isAdminPermission } from '../permission.ts'
import type { Principal } from '../principal.ts'
import { digestOf, newOauthSecret } from '../token.ts'
import { codeLocation, errorLocation } from './answer.ts'
import { problem } from './problem.ts'
import type { OAuthRequest } from './request.ts'

/** RFC 6749 section 4.1.2 allows ten minutes at most. */
const CODE_TIME = 5 * MINUTE

/**
 * Keeps the request until the person answers; returns the question's id.
 * @param userId whom it is shown to; null when nobody is signed in yet
 */
export const askOAuth = (ctx: Ctx, userId: string | null, request: OAuthRequest): Promise<string> =>
  ask(ctx, userId, 'oauth', request)

/**
 * Answers an OAuth question, whoever it was shown to when it is only refused.
 * @param person who answers; null for someone who does not say who they are
 */
export async function decideOAuth(
  ctx: Ctx,
  person: Principal | null,
  id: string,
  decision: Decision,
): Promise<Outcome | 'expired'> {
  const consent = await answer(ctx, person?.id ?? null, id)
  return consent?.kind === 'oauth' ? settleOAuth(ctx, person, consent.request as OAuthRequest, decision) : 'expired'
}

/**
 * Carries out a person's answer: a code for what they allow, else the client learns that it was refused. Whoever is
 * suspended or has moved away can allow nothing, and nobody can allow what only administrators may.
 * @param person who answers; null for someone who only refuses
 */
export async function settleOAuth(
  ctx: Ctx,
  person: Principal | null,
  request: OAuthRequest,
  decision: Decision,
): Promise<Outcome> {
  const { clientId, redirectUri, state } = request
  const name = request.clientName ?? clientId
  const refuse = (description: string): Outcome => {
    // RFC 6749 section 4.1.2.1.
    const location = errorLocation(ctx, redirectUri, state, problem('access_denied', description))
    return { allowed: false, sendTo: location, name }
  }
  if (!decision.allow || person === null) return refuse('The person refused.')
  if (person.isSuspended || person.movedToId !== null) return refuse('The account can no longer be used.')
  const permissions = request.permissions.filter(
    (one) => decision.permissions.includes(one) && (person.isAdministrator || !isAdminPermission(one)),
  )
  // RFC 6749 section 3.3: a scope is never empty.
  if (permissions.length === 0) return refuse('The person allowed none of the permissions.')

  const code = newOauthSecret()
  const expiresAt = Date.now() + CODE_TIME
  await ctx.transact(async (tx) => {
    const grant = await writeGrant(tx, ctx, {
      userId: person.id,
      kind: 'oauth',
      clientId,
      name: name.slice(0, 128),
      iconUrl: request.clientLogo,
      permissions,
      expiresAt: decision.expiresAt,
      claimableUntil: expiresAt,
    })
    if (typeof grant === 'string') return grant
    const { codeChallenge } = request
    return insertAuthorizationCode(tx, {
      digest: digestOf(code),
      grantId: grant.id,
      redirectUri,
      codeChallenge,
      expiresAt,
    })
  })
  return { allowed: true, sendTo: codeLocation(ctx, redirectUri, state, code), name }
}
