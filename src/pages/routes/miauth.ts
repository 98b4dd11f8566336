import type { FastifyInstance } from 'fastify'
import { askMiauth, decideMiauth, isUsableSession, readMiauthRequest } from '../../access/miauth.ts'
import { isAdminPermission } from '../../access/permission.ts'
import { consentDone } from '../consent-done.ts'
import { errorPage } from '../error-page.ts'
import { endOf, isExpiry } from '../expiry.ts'
import { miauthConsent } from '../miauth-consent.ts'
import { sentOn } from '../sent-on.ts'
import { formOf, isOwnForm, type Pages, send, visit } from './visit.ts'

interface Query {
  name?: string
  icon?: string
  callback?: string
  permission?: string
}

/** The first of parameters that were given more than once. */
const first = (value: unknown): string => String(Array.isArray(value) ? value[0] : (value ?? ''))

/** `/miauth/{session}`: an application asks a person for access; `/miauth` takes the answer. */
export function miauthPages(app: FastifyInstance, pages: Pages): void {
  const { ctx } = pages

  app.get<{ Params: { session: string }; Querystring: Query }>('/miauth/:session', async (request, reply) => {
    const { view, principal } = await visit(pages, request, reply)
    const { session } = request.params
    if (!isUsableSession(session)) return send(reply, errorPage(view, { status: 400 }), 400)
    if (!principal || !view.me) return reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 302)
    const { name, icon, callback, permission } = request.query
    const asked = readMiauthRequest(session, {
      name: first(name),
      icon: first(icon),
      callback: first(callback),
      permission: first(permission),
    })
    const withheld = principal.isAdministrator ? [] : asked.request.permissions.filter(isAdminPermission)
    const permissions = asked.request.permissions.filter((one) => !withheld.includes(one))
    const id = await askMiauth(ctx, principal.id, { ...asked.request, permissions })
    return send(
      reply,
      miauthConsent(
        { ...view, me: view.me },
        {
          action: '/miauth',
          request: id,
          app: asked.request,
          permissions,
          withheld,
          unknown: asked.unknown,
          callback: asked.request.callback,
        },
      ),
    )
  })

  app.post('/miauth', async (request, reply) => {
    const visited = await visit(pages, request, reply, '/')
    const { view, principal } = visited
    const form = formOf(request)
    if (!isOwnForm(ctx, request, visited, form)) {
      return send(reply, errorPage(view, { status: 403, reason: 'formExpired' }), 403)
    }
    if (!principal) return send(reply, errorPage(view, { status: 401 }), 401)
    const expires = form.text('expires')
    const decision =
      form.text('decision') === 'allow'
        ? {
            allow: true as const,
            permissions: form.all('permission'),
            expiresAt: isExpiry(expires) ? endOf(expires, Date.now()) : null,
          }
        : { allow: false as const }
    const outcome = await decideMiauth(ctx, principal.id, form.text('request'), decision)
    if (typeof outcome === 'string') {
      const page = consentDone(view, { outcome: outcome === 'expired' ? 'expired' : 'used', appName: null })
      return send(reply, page, outcome === 'expired' ? 410 : 409)
    }
    const word = outcome.allowed ? 'allowed' : 'refused'
    if (outcome.sendTo === null) return send(reply, consentDone(view, { outcome: word, appName: outcome.name }))
    return send(reply, sentOn(view, { decision: word, url: outcome.sendTo }))
  })
}
