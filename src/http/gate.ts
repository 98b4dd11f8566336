import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Principal } from '../access/principal.ts'
import type { Endpoint } from '../api/endpoint.ts'
import { policiesWith } from '../config/policies.ts'
import type { Ctx } from '../context.ts'
import type { Limit, Verdict } from '../lib/limits.ts'
import { networkKey } from '../lib/network.ts'
import { errors, Refused } from './error.ts'

interface Attempt {
  ctx: Ctx
  endpoint: Endpoint
  principal: Principal | null
  request: FastifyRequest
  reply: FastifyReply
}

/** One thing that must hold before an endpoint is called; throws what to answer when it does not. */
type Step = (attempt: Attempt) => void | Promise<void>

/** What must hold, in the order in which it is asked: clients rely on which refusal comes first. */
const steps: readonly Step[] = [
  onlyNative,
  withinLimit,
  signedIn,
  notSuspended,
  notMoved,
  hasRole,
  hasPolicy,
  hasPermission,
]

/** Lets a call through or throws the refusal. */
export async function passGate(attempt: Attempt): Promise<void> {
  for (const step of steps) await step(attempt)
}

function onlyNative({ endpoint, principal }: Attempt): void {
  if (endpoint.secure && principal?.credential.kind !== 'native') throw new Refused(errors.accessDenied)
}

/** Beyond this a factor makes times no timer could wait for, or counts that are no numbers. */
const MAX_FACTOR = 1000

/** Counted before permissions are asked: forbidden calls use up the budget too. */
async function withinLimit({ ctx, endpoint, principal, request, reply }: Attempt): Promise<void> {
  const { limit, path } = endpoint
  if (!limit) return
  const asked = principal ? principal.policies.rateLimitFactor : 1
  if (asked <= 0) return
  const factor = Math.min(MAX_FACTOR, Math.max(1 / MAX_FACTOR, asked))
  const actor = principal?.id ?? networkKey(request.ip)
  if (limit.minInterval !== undefined) {
    const pace = { max: 1, per: limit.minInterval * factor }
    tellLimit(reply, `${path} pace`, pace, await ctx.limits.take(`${path} pace`, actor, pace))
  }
  const budget = { max: Math.max(1, Math.floor(limit.max / factor)), per: limit.per }
  tellLimit(reply, path, budget, await ctx.limits.take(path, actor, budget))
}

/** Says in the answer how the limit stands, and refuses what is beyond it. */
function tellLimit(reply: FastifyReply, name: string, { per }: Limit, verdict: Verdict): void {
  const { allowed, total, remaining, resetAt } = verdict
  const seconds = Math.max(0, Math.ceil((resetAt - Date.now()) / 1000))
  reply.header('ratelimit-policy', `"${name}";q=${total};w=${Math.round(per / 1000)}`)
  reply.header('ratelimit', `"${name}";r=${remaining};t=${seconds}`)
  if (allowed) return
  throw new Refused({
    ...errors.rateLimitExceeded,
    retryAfter: seconds,
    info: { total, remaining, reset: Math.floor(resetAt / 1000), resetMs: resetAt },
  })
}

function signedIn({ endpoint, principal }: Attempt): void {
  if (endpoint.auth !== 'none' && !principal) throw new Refused(errors.credentialRequired)
}

function notSuspended({ endpoint, principal }: Attempt): void {
  if (endpoint.auth !== 'none' && principal?.isSuspended) throw new Refused(errors.accountSuspended)
}

function notMoved({ endpoint, principal }: Attempt): void {
  if (endpoint.refusedToMoved && principal?.movedToId) throw new Refused(errors.accountMoved)
}

function hasRole({ endpoint, principal }: Attempt): void {
  if (endpoint.auth === 'moderator' && !principal?.isModerator) throw new Refused(errors.notModerator)
  if (endpoint.auth === 'admin' && !principal?.isAdministrator) throw new Refused(errors.notAdministrator)
}

/** Where nobody has to be signed in, what the server lets everyone do counts for the anonymous. */
function hasPolicy({ ctx, endpoint, principal }: Attempt): void {
  if (!endpoint.policy || principal?.isAdministrator) return
  const policies = principal?.policies ?? policiesWith(ctx.settings.current().policies)
  if (!policies[endpoint.policy]) throw new Refused(errors.policyDenied)
}

/** An access token needs the endpoint's permission; where there is none to hold but a person is needed, it never suffices. */
function hasPermission({ endpoint, principal }: Attempt): void {
  if (principal?.credential.kind !== 'access') return
  const { permission } = endpoint
  if (permission === 'any') return
  const granted = permission ? principal.credential.permissions.has(permission) : endpoint.auth === 'none'
  if (!granted) throw new Refused(errors.permissionDenied)
}
