import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Ctx } from '../context.ts'

/** Sign-in may set out from our own pages only; everything else may be called by a page of any site. */
const own = new Set(['/api/signup', '/api/signin-flow'])

/** What other sites may call. The pages of OAuth are for people: no script may read them (RFC 9700 section 2.6). */
const shared = ['/api/', '/nodeinfo', '/.well-known/', '/oauth/token']

/** Lets browser clients of other sites call the API (without cookies), and answers their preflight questions. */
export function allowOrigins(app: FastifyInstance, ctx: Ctx): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!tellOrigins(ctx, request, reply) || request.method !== 'OPTIONS') return
    reply.header('vary', 'Origin, Access-Control-Request-Headers')
    reply.header('access-control-allow-methods', 'GET,HEAD,POST')
    const asked = request.headers['access-control-request-headers']
    if (asked) reply.header('access-control-allow-headers', asked)
    reply.header('access-control-max-age', '86400')
    return reply.code(204).send()
  })
}

/** Says in the answer whose pages may read it, and that no cache may keep it. Whether other sites may call this at all. */
export function tellOrigins(ctx: Ctx, request: FastifyRequest, reply: FastifyReply): boolean {
  const path = request.url.split('?', 1)[0]!
  if (!shared.some((start) => path.startsWith(start))) return false
  reply.header('vary', 'Origin')
  if (path.startsWith('/api/')) reply.header('cache-control', 'private, max-age=0, must-revalidate')
  if (own.has(path)) {
    reply.header('access-control-allow-origin', ctx.config.url)
    reply.header('access-control-allow-credentials', 'true')
  } else {
    reply.header('access-control-allow-origin', '*')
    reply.header('access-control-expose-headers', 'RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate')
  }
  return true
}
