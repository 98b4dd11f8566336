import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Callers } from '../access/callers.ts'
import { needsSetup } from '../access/setup.ts'
import type { Uses } from '../access/uses.ts'
import type { Ctx } from '../context.ts'
import { registrationOf } from '../core/settings.ts'
import { errorPage } from './error-page.ts'
import { home } from './home.ts'
import { serveAssets } from './routes/assets.ts'
import { consentPages } from './routes/consent.ts'
import { legacyAppPages } from './routes/legacy-app.ts'
import { miauthPages } from './routes/miauth.ts'
import { oauthPages } from './routes/oauth.ts'
import { signInPages } from './routes/sign-in.ts'
import { signUpPages } from './routes/sign-up.ts'
import { tokenPages } from './routes/tokens.ts'
import { type Pages, send, visit } from './routes/visit.ts'

/** No form of ours is longer: 85 permissions are 2 kB. */
const FORM_LIMIT = 64 * 1024

/** Sends a page that says what went wrong. */
export type SendErrorPage = (request: FastifyRequest, reply: FastifyReply, status: number) => Promise<FastifyReply>

/**
 * Serves the pages for people, which work without JavaScript.
 * @param report logs an unexpected failure and returns its id in the log
 * @returns how to answer errors outside these routes with a page
 */
export function pageRoutes(
  app: FastifyInstance,
  ctx: Ctx,
  { callers, uses }: { callers: Callers; uses: Uses },
  report: (error: unknown, request: FastifyRequest) => string,
): SendErrorPage {
  const pages: Pages = { ctx, callers, uses, asset: serveAssets(app) }

  const sendErrorPage: SendErrorPage = async (request, reply, status) => {
    const { view } = await visit(pages, request, reply, '/')
    return send(reply, errorPage(view, { status }), status)
  }

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    const type = 'application/x-www-form-urlencoded'
    scope.addContentTypeParser(type, { parseAs: 'string', bodyLimit: FORM_LIMIT }, (_request, body, done) => {
      // Neither database keeps NUL, nor halves of surrogate pairs.
      done(null, new URLSearchParams((body as string).replaceAll('%00', '')))
    })
    scope.setErrorHandler(async (error: FastifyError, request, reply) => {
      const status = error.statusCode ?? 500
      if (status < 500) return sendErrorPage(request, reply, status)
      const reference = report(error, request)
      const { view } = await visit(pages, request, reply, '/')
      return send(reply, errorPage(view, { status: 500, reference }), 500)
    })
    scope.get('/', async (request, reply) => {
      const { view } = await visit(pages, request, reply)
      const data = { registration: registrationOf(ctx), isSetUp: !needsSetup(ctx), documentPath: '/api-doc' }
      return send(reply, home(view, data))
    })
    signInPages(scope, pages)
    signUpPages(scope, pages)
    miauthPages(scope, pages)
    legacyAppPages(scope, pages)
    oauthPages(scope, pages)
    consentPages(scope, pages)
    tokenPages(scope, pages)
  })
  return sendErrorPage
}
