import type { FastifyInstance } from 'fastify'
import { askForApp, type FoundSession, findSession, sortPermissions } from '../../access/legacy-app.ts'
import { consentPage } from '../consent.ts'
import { type ConsentOutcome, consentDone } from '../consent-done.ts'
import { type Pages, send, visit } from './visit.ts'

/** What becomes of those who come to a session that cannot be answered. */
const closed: Record<Exclude<FoundSession['state'], 'open'>, [outcome: ConsentOutcome, status: number]> = {
  allowed: ['used', 409],
  refused: ['used', 409],
  over: ['expired', 410],
}

/**
 * `/auth/{token}`: a registered application asks a person for access. They are asked each time, whatever they allowed it
 * before: anyone can begin a session in the name of an application whose secret is in its code.
 */
export function legacyAppPages(app: FastifyInstance, pages: Pages): void {
  const { ctx } = pages

  app.get<{ Params: { token: string } }>('/auth/:token', async (request, reply) => {
    const { view, principal } = await visit(pages, request, reply)
    const { token } = request.params
    const found = await findSession(ctx, token)
    if (!found) return send(reply, consentDone(view, { outcome: 'unknown', appName: null }), 404)
    const { session, app: asking, state } = found
    if (state !== 'open') {
      const [outcome, status] = closed[state]
      return send(reply, consentDone(view, { outcome, appName: asking.name }), status)
    }
    if (!principal || !view.me) return reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 302)
    const { permissions, withheld, unknown } = sortPermissions(asking.permission, principal)
    const { id, name, callbackUrl } = asking
    const asked = { sessionId: session.id, token, app: { id, name, callbackUrl }, permissions }
    return send(
      reply,
      consentPage(
        { ...view, me: view.me },
        {
          request: await askForApp(ctx, principal.id, asked),
          app: { name, iconUrl: null },
          permissions,
          withheld,
          unknown,
          callback: callbackUrl,
        },
      ),
    )
  })
}
