import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Callers } from '../../access/callers.ts'
import type { Decision } from '../../access/consent.ts'
import { authorize } from '../../access/oauth/authorize.ts'
import { askOAuth, decideOAuth } from '../../access/oauth/code.ts'
import { type Problem, problem, problemBody } from '../../access/oauth/problem.ts'
import type { OAuthRequest } from '../../access/oauth/request.ts'
import { isAdminPermission, permissions } from '../../access/permission.ts'
import type { Principal } from '../../access/principal.ts'
import { registrationOf } from '../../core/settings.ts'
import { type Html, html } from '../../lib/html.ts'
import { networkKey } from '../../lib/network.ts'
import { MINUTE, SECOND } from '../../lib/time.ts'
import { consentPage } from '../consent.ts'
import { signIn } from '../sign-in.ts'
import { formOf, ownPath, type Pages, send, visit } from './visit.ts'

/** From one address: each request makes this server fetch a page. */
const PER_ADDRESS = { max: 60, per: MINUTE }

/** `/oauth/authorize`, where an OAuth client sends a person, and the old way of answering. */
export function oauthPages(app: FastifyInstance, pages: Pages): void {
  const { ctx, callers } = pages

  app.get('/oauth/authorize', async (request, reply) => {
    const { allowed, resetAt } = await ctx.limits.take('oauth authorize', networkKey(request.ip), PER_ADDRESS)
    if (!allowed) {
      reply.header('retry-after', Math.max(0, Math.ceil((resetAt - Date.now()) / SECOND)))
      return tell(reply, problem('temporarily_unavailable', 'Too many requests: wait before the next one.', 429))
    }
    const authorization = await authorize(ctx, queryOf(request))
    if (authorization.kind === 'direct') return tell(reply, authorization.problem)
    if (authorization.kind === 'redirect') return sendAway(reply, authorization.location)

    const { view, principal } = await visit(pages, request, reply)
    const { request: asked, unknown } = authorization
    const id = await askOAuth(ctx, principal?.id ?? null, asked)
    const head = metas(id, asked)
    reply.header('pragma', 'no-cache')
    if (!principal || !view.me) {
      const next = ownPath(ctx, request.url)
      const data = { username: '', next, error: null, registration: registrationOf(ctx), head }
      return send(reply, signIn(view, data), 200, 'keepOpener')
    }
    const withheld = principal.isAdministrator ? [] : asked.permissions.filter(isAdminPermission)
    const data = {
      request: id,
      app: { name: asked.clientName ?? asked.clientId, iconUrl: asked.clientLogo, page: asked.clientId },
      permissions: asked.permissions.filter((one) => !withheld.includes(one)),
      withheld,
      unknown,
      callback: asked.redirectUri,
      head,
    }
    return send(reply, consentPage({ ...view, me: view.me }, data), 200, 'keepOpener')
  })

  // For programs that show a page of their own: they send the native token of whoever answers.
  app.post('/oauth/decision', async (request, reply) => {
    const form = formOf(request)
    const id = form.text('transaction_id')
    if (id === '') return tell(reply, problem('invalid_request', 'transaction_id is missing.'))
    const refuses = form.text('cancel') !== ''
    const person = refuses ? null : await personOf(callers, form.text('login_token'))
    // What was not asked for is not granted: all of it is all that was asked for.
    const decision: Decision = person ? { allow: true, permissions, expiresAt: null } : { allow: false }
    const outcome = await decideOAuth(ctx, person, id, decision)
    if (outcome === 'expired') {
      return tell(reply, problem('access_denied', 'The transaction is unknown, answered, or past its time.', 403))
    }
    // RFC 6749 section 3.1: whoever answers has to be known. An application's token cannot answer.
    if (!refuses && !person) {
      return tell(reply, problem('invalid_request', 'login_token is not the token of someone signed in.'))
    }
    return sendAway(reply, outcome.sendTo!)
  })
}

const queryOf = ({ url }: FastifyRequest): URLSearchParams =>
  new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?')) : '')

async function personOf(callers: Callers, token: string): Promise<Principal | null> {
  const person = token === '' ? null : await callers.principalOf(token)
  return person?.credential.kind === 'native' ? person : null
}

/** Where programs find what is asked, whoever is signed in. */
const metas = (id: string, asked: OAuthRequest): Html => html`<meta name="misskey:oauth:transaction-id" content="${id}">
<meta name="misskey:oauth:client-name" content="${asked.clientName ?? asked.clientId}">
${asked.clientLogo !== null && html`<meta name="misskey:oauth:client-logo" content="${asked.clientLogo}">`}
<meta name="misskey:oauth:scope" content="${asked.permissions.join(' ')}">`

/** Answers the developer: there is nowhere it would be safe to send the person. */
function tell(reply: FastifyReply, fault: Problem): FastifyReply {
  closeOff(reply).code(fault.status).type('application/json; charset=utf-8')
  return reply.send(JSON.stringify(problemBody(fault)))
}

/** Sends the person back to the client. The address here holds what only they two are to know. */
const sendAway = (reply: FastifyReply, location: string): FastifyReply =>
  closeOff(reply).header('referrer-policy', 'no-referrer').redirect(location, 302)

const closeOff = (reply: FastifyReply): FastifyReply =>
  reply
    .header('cache-control', 'no-store')
    .header('pragma', 'no-cache')
    .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    .header('x-frame-options', 'DENY')
    .header('x-content-type-options', 'nosniff')
