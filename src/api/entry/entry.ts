import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Device } from '../../access/session.ts'

/** A text field of a body that may be anything; null when it is not there or not text. */
export function fieldOf(body: unknown, name: string): string | null {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return null
  const value = (body as Record<string, unknown>)[name]
  return typeof value === 'string' ? value : null
}

/** Where a request comes from, as the list of devices shows it. */
export const deviceOf = (request: FastifyRequest): Device => ({
  ip: request.ip,
  userAgent: request.headers['user-agent'] ?? null,
})

/**
 * Sends an error of the entrance. Clients look at the id, or at a code in `message`; the envelope of the rest of the API
 * is around both.
 */
export function sendEntryError(
  reply: FastifyReply,
  status: number,
  error: { code: string; message: string; id?: string },
): FastifyReply {
  return reply.code(status).send({ statusCode: status, message: error.code, error: { ...error, kind: 'client' } })
}
