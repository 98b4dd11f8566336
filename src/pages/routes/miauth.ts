import type { FastifyInstance } from 'fastify'
import { askMiauth, isUsableSession, readMiauthRequest } from '../../access/miauth.ts'
import { isAdminPermission } from '../../access/permission.ts'
import { consentPage } from '../consent.ts'
import { errorPage } from '../error-page.ts'
import { type Pages, send, visit } from './visit.ts'

interface Query {
  name?: string
  icon?: string
  callback?: string
  permission?: string
}

/** The first of parameters that were given more than once. */
const first = (value: unknown): string => String(Array.isArray(value) ? value[0] : (value ?? ''))

/** `/miauth/{session}`: an application asks a person for access. */
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
      consentPage(
        { ...view, me: view.me },
        {
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
}
