import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import fastify, { type FastifyInstance } from 'fastify'
import { knowCallers } from '../access/callers.ts'
import { recordUses } from '../access/uses.ts'
import { miauthCheckRoute } from '../api/entry/miauth-check.ts'
import { signinRoute } from '../api/entry/signin-flow.ts'
import { signupRoute } from '../api/entry/signup.ts'
import { endpointsByPath } from '../api/index.ts'
import type { Ctx } from '../context.ts'
import { pageRoutes } from '../pages/routes.ts'
import { apiRoutes, askedEndpoint } from './api-routes.ts'
import { readBodies } from './body.ts'
import { contentRoutes } from './content-routes.ts'
import { allowOrigins, tellOrigins } from './cors.ts'
import { documentRoutes } from './document-routes.ts'
import { errors } from './error.ts'
import { healthRoute } from './health.ts'
import { mediaRoutes } from './media-routes.ts'
import { nodeinfoRoutes } from './nodeinfo.ts'
import { oauthRoutes } from './oauth-routes.ts'
import { logFailure, sendError, toApiError } from './render-error.ts'
import { watchRequests } from './watch-requests.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/**
 * Everything the server answers, without listening: tests call it as it is.
 * @param createSocket makes the server to listen with
 */
export async function buildApp(ctx: Ctx, createSocket: (handler: Handler) => Server): Promise<FastifyInstance> {
  const app = fastify({
    serverFactory: createSocket,
    trustProxy: ctx.config.trustProxy,
    // Requests are logged by ourselves: paths and queries hold secrets.
    logger: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 4096 },
    // Addresses that cannot be decoded, or with a part too long, meet no hook.
    frameworkErrors(error, request, reply) {
      tellOrigins(ctx, request, reply)
      sendError(ctx, reply, toApiError(ctx, error, request))
    },
  })
  app.setErrorHandler((error, request, reply) => sendError(ctx, reply, toApiError(ctx, error, request)))
  watchRequests(app, ctx)
  allowOrigins(app, ctx)
  readBodies(app, (request) => askedEndpoint(request, endpointsByPath)?.upload !== undefined)

  const uses = recordUses(ctx)
  const callers = knowCallers(ctx)
  app.addHook('onClose', () => {
    callers.close()
    return uses.close()
  })
  apiRoutes(app, ctx, endpointsByPath, { callers, uses })
  signupRoute(app, ctx)
  signinRoute(app, ctx)
  miauthCheckRoute(app, ctx)
  oauthRoutes(app, ctx)
  nodeinfoRoutes(app, ctx)
  healthRoute(app, ctx)
  mediaRoutes(app, ctx)
  contentRoutes(app, ctx)
  documentRoutes(app, ctx, endpointsByPath)
  const sendErrorPage = pageRoutes(app, ctx, { callers, uses }, (error, request) => logFailure(ctx, error, request))
  app.setNotFoundHandler((request, reply) => {
    const isForPeople = !request.url.startsWith('/api/') && request.headers.accept?.includes('text/html')
    return isForPeople ? sendErrorPage(request, reply, 404) : sendError(ctx, reply, errors.unknownEndpoint)
  })
  await app.ready()
  return app
}
