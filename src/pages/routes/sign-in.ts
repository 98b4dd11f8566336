import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sessionCookie } from '../../access/cookie.ts'
import type { Principal } from '../../access/principal.ts'
import { endSession, type SignInFailure, signIn as signInByPassword } from '../../access/session.ts'
import type { Ctx } from '../../context.ts'
import { registrationOf } from '../../core/settings.ts'
import { errorPage } from '../error-page.ts'
import { type SignInError, signIn } from '../sign-in.ts'
import { deviceOf, formOf, isOwnForm, ownPath, type Pages, send, visit } from './visit.ts'

const errorOf: Record<SignInFailure, SignInError> = {
  noSuchUser: 'wrong',
  wrongPassword: 'wrong',
  suspended: 'suspended',
  tooManyAttempts: 'tooMany',
}

/** `/sign-in` and `/sign-out`. */
export function signInPages(app: FastifyInstance, pages: Pages): void {
  const { ctx } = pages

  app.get<{ Querystring: { next?: string } }>('/sign-in', async (request, reply) => {
    const { view } = await visit(pages, request, reply)
    const next = ownPath(ctx, String(request.query.next ?? ''))
    const data = { username: '', next, error: null, registration: registrationOf(ctx) }
    return send(reply, signIn(view, data), 200, 'keepOpener')
  })

  app.post('/sign-in', async (request, reply) => {
    const form = formOf(request)
    const next = ownPath(ctx, form.text('next'))
    const visited = await visit(pages, request, reply, next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in')
    const username = form.text('username').slice(0, 128)
    const refuse = (error: SignInError, status: number) =>
      send(
        reply,
        signIn(visited.view, { username, next, error, registration: registrationOf(ctx) }),
        status,
        'keepOpener',
      )
    if (!isOwnForm(ctx, request, visited, form)) return refuse('formExpired', 403)
    const signedIn = await signInByPassword(ctx, { username, password: form.text('password') }, deviceOf(request))
    if (typeof signedIn === 'string') return refuse(errorOf[signedIn], signedIn === 'tooManyAttempts' ? 429 : 403)
    await leave(ctx, visited.principal)
    return enter(ctx, reply, signedIn.token, next)
  })

  app.post('/sign-out', async (request: FastifyRequest, reply) => {
    const visited = await visit(pages, request, reply, '/')
    if (!isOwnForm(ctx, request, visited, formOf(request))) {
      return send(reply, errorPage(visited.view, { status: 403, reason: 'formExpired' }), 403)
    }
    await leave(ctx, visited.principal)
    return reply.header('set-cookie', sessionCookie(ctx, null)).redirect('/', 303)
  })
}

/** Ends the session this browser had: its token would be in nobody's hands. */
async function leave(ctx: Ctx, principal: Principal | null): Promise<void> {
  if (principal?.credential.kind === 'native') await endSession(ctx, principal.id, principal.credential.sessionId)
}

/** Gives the browser its session and sends it on. */
export const enter = (ctx: Ctx, reply: FastifyReply, token: string, next: string | null): FastifyReply =>
  reply.header('set-cookie', sessionCookie(ctx, token)).redirect(next ?? '/', 303)
