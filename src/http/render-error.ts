import { randomUUID } from 'node:crypto'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Ctx } from '../context.ts'
import { type ApiError, errors, Refused } from './error.ts'

/** Sends an error: the one place where it becomes status, headers and body. */
export function sendError(ctx: Ctx, reply: FastifyReply, error: ApiError): void {
  const challenge = challengeOf(ctx.config.realm, error)
  if (challenge) reply.header('www-authenticate', challenge)
  if (error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter)
  const { message, code, id, kind, info } = error
  reply.code(error.status).type('application/json; charset=utf-8')
  reply.send(JSON.stringify({ error: { message, code, id, kind, ...(info && { info }) } }))
}

/** RFC 6750 §3. Quoted strings there are ASCII without quotes and backslashes. */
function challengeOf(realm: string, error: ApiError): string | null {
  if (!error.challenge) return null
  const head = `Bearer realm="${ascii(realm)}"`
  if (error.challenge === 'none') return head
  return `${head}, error="${error.challenge}", error_description="${ascii(error.message)}"`
}

const ascii = (text: string): string =>
  text
    .replaceAll(/[“”"‘’]/g, "'")
    .replaceAll('…', '...')
    .replaceAll(/[^\x20-\x7e]|\\/g, '?')

/** Turns whatever ended a request into an error for the caller. What is not meant for them goes to the log only. */
export function toApiError(ctx: Ctx, thrown: unknown, request: FastifyRequest): ApiError {
  if (thrown instanceof Refused) return thrown.error
  const { code, statusCode } = thrown as Partial<FastifyError>
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return errors.tooLarge
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return errors.unsupportedMediaType
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return { ...errors.badRequest, status: statusCode }
  const id = logFailure(ctx, thrown, request)
  return { ...errors.internalError, info: { e: { message: 'Internal error', code: 'INTERNAL_ERROR', id } } }
}

/** Logs an unexpected failure and returns the id under which it is found there. */
export function logFailure(ctx: Ctx, thrown: unknown, request: FastifyRequest): string {
  const id = randomUUID()
  ctx.log.error({ err: thrown, errorId: id, route: request.routeOptions.url }, 'A request failed')
  return id
}
