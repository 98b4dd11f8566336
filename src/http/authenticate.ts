import type { FastifyRequest } from 'fastify'
import type { Callers } from '../access/callers.ts'
import { isFromOwnPage, readSessionCookie } from '../access/cookie.ts'
import type { Principal } from '../access/principal.ts'
import type { Ctx } from '../context.ts'
import { errors, invalidParam, Refused } from './error.ts'

const BEARER = 'Bearer '
/** Longer than any token of any kind. */
const MAX_TOKEN_LENGTH = 512

/**
 * Who calls. A token in the Authorization header wins over `i` among the parameters, that over the cookie of our own
 * pages. A token that is no good is refused even where none is needed.
 * @returns null for an anonymous call
 */
export async function authenticate(
  ctx: Ctx,
  callers: Callers,
  request: FastifyRequest,
  params: unknown,
): Promise<Principal | null> {
  const { authorization } = request.headers
  const token = authorization?.startsWith(BEARER) ? authorization.slice(BEARER.length) : tokenAmong(params)
  if (token === null) return fromCookie(ctx, callers, request)
  const principal = token.length <= MAX_TOKEN_LENGTH ? await callers.principalOf(token) : null
  if (!principal) throw new Refused(errors.authenticationFailed)
  return principal
}

/** Whether a call says who it is from, among these parameters or elsewhere: whether that is true is for later. */
export const carriesIdentity = (ctx: Ctx, { headers }: FastifyRequest, params: unknown): boolean =>
  headers.authorization?.startsWith(BEARER) === true ||
  tokenAmong(params) !== null ||
  (readSessionCookie(ctx, headers.cookie) !== null && isFromOwnPage(ctx, headers))

function tokenAmong(params: unknown): string | null {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return null
  const { i } = params as { i?: unknown }
  if (i === undefined || i === null) return null
  if (typeof i !== 'string') throw invalidParam('#/properties/i/type', 'i must be string')
  return i
}

async function fromCookie(ctx: Ctx, callers: Callers, request: FastifyRequest): Promise<Principal | null> {
  const token = readSessionCookie(ctx, request.headers.cookie)
  // A cookie that is no good is as none: the person is signed out, not refused.
  return token && isFromOwnPage(ctx, request.headers) ? callers.principalOf(token) : null
}
