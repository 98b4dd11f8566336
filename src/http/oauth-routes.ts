import type { FastifyInstance, FastifyReply } from 'fastify'
import { metadataOf } from '../access/oauth/metadata.ts'
import { type Problem, problem, problemBody } from '../access/oauth/problem.ts'
import { exchangeCode } from '../access/oauth/token.ts'
import type { Ctx } from '../context.ts'
import { MINUTE, SECOND } from '../lib/time.ts'
import { BODY_LIMIT } from './body.ts'
import { errors, Refused } from './error.ts'
import { toApiError } from './render-error.ts'

/** From one address: codes cannot be guessed, but trying costs us. */
const PER_ADDRESS = { max: 300, per: MINUTE }

/** What OAuth clients call themselves, without a person: metadata and the exchange of codes. */
export function oauthRoutes(app: FastifyInstance, ctx: Ctx): void {
  // RFC 8414 section 3.
  app.get('/.well-known/oauth-authorization-server', async (_request, reply) => {
    reply.type('application/json; charset=utf-8').header('cache-control', 'public, max-age=600')
    return metadataOf(ctx)
  })

  app.register(async (scope) => {
    const form = 'application/x-www-form-urlencoded'
    scope.addContentTypeParser(form, { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) => {
      // Reversed, because of names given twice the first one counts.
      done(null, Object.fromEntries([...new URLSearchParams(body as string)].reverse()))
    })
    scope.setErrorHandler((error, request, reply) => {
      const { status, message } = toApiError(ctx, error, request)
      return refuse(reply, problem(status < 500 ? 'invalid_request' : 'server_error', message, status))
    })
    // RFC 6749 section 3.2.
    scope.post('/oauth/token', async (request, reply) => {
      const { allowed, resetAt } = await ctx.limits.take('oauth token', request.ip, PER_ADDRESS)
      if (!allowed) {
        reply.header('retry-after', Math.max(0, Math.ceil((resetAt - Date.now()) / SECOND)))
        return refuse(reply, problem('temporarily_unavailable', 'Too many requests: wait before the next one.', 429))
      }
      const answer = await exchangeCode(ctx, request.body)
      return 'error' in answer ? refuse(reply, answer) : sendJson(reply, 200, answer)
    })
  })

  const unknown = async () => {
    throw new Refused(errors.unknownOAuthEndpoint)
  }
  app.all('/oauth/*', { onRequest: unknown }, unknown)
}

const refuse = (reply: FastifyReply, fault: Problem): FastifyReply => sendJson(reply, fault.status, problemBody(fault))

/** RFC 6749 section 5.1: no cache keeps it. */
const sendJson = (reply: FastifyReply, status: number, body: object): FastifyReply =>
  reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('pragma', 'no-cache')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(body))
