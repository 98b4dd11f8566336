import type { FastifyInstance } from 'fastify'
import type { Ctx } from '../context.ts'

/**
 * Logs requests (at level debug) by the route they took, never by their address: `?i=`, `/miauth/…` and the like hold
 * secrets. Warns once when a proxy speaks that nobody said to believe.
 */
export function watchRequests(app: FastifyInstance, ctx: Ctx): void {
  let warned = ctx.config.trustProxy !== false
  app.addHook('onRequest', async (request) => {
    if (warned || request.headers['x-forwarded-for'] === undefined) return
    warned = true
    ctx.log.warn(
      {},
      'A request came through a proxy, but MAMEKEY_TRUST_PROXY is off: every client counts as the proxy’s address.',
    )
  })
  app.addHook('onResponse', async (request, reply) => {
    const { '*': endpoint } = (request.params ?? {}) as { '*'?: string }
    const route = request.routeOptions.url ?? 'none'
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10
    const isApi = route === '/api/*' && endpoint !== undefined
    // An unknown endpoint could be a token pasted into the address; a preflight question comes before it is looked up.
    const isKnown = isApi && reply.statusCode !== 404 && request.method !== 'OPTIONS'
    const name = isKnown ? `/api/${endpoint}` : route
    ctx.log.debug({ method: request.method, route: name, status: reply.statusCode, milliseconds }, 'request')
  })
}
