import type { FastifyInstance } from 'fastify'
import type { Decision } from '../../access/consent.ts'
import { type DecisionFailure, decide } from '../../access/decide.ts'
import { type ConsentOutcome, consentDone } from '../consent-done.ts'
import { errorPage } from '../error-page.ts'
import { endOf, isExpiry } from '../expiry.ts'
import { sentOn } from '../sent-on.ts'
import { type Form, formOf, isOwnForm, type Pages, send, visit } from './visit.ts'

const failures: Record<DecisionFailure, [outcome: ConsentOutcome, status: number]> = {
  expired: ['expired', 410],
  sessionUsed: ['used', 409],
}

/** `POST /consent`: a person's answer to what an application asked, in whichever way it came. */
export function consentPages(app: FastifyInstance, pages: Pages): void {
  const { ctx } = pages

  app.post('/consent', async (request, reply) => {
    const visited = await visit(pages, request, reply, '/')
    const { view, principal } = visited
    const form = formOf(request)
    if (!isOwnForm(ctx, request, visited, form)) {
      return send(reply, errorPage(view, { status: 403, reason: 'formExpired' }), 403)
    }
    if (!principal) return send(reply, errorPage(view, { status: 401 }), 401)
    const outcome = await decide(ctx, principal, form.text('request'), decisionOf(form))
    if (typeof outcome === 'string') {
      const [word, status] = failures[outcome]
      return send(reply, consentDone(view, { outcome: word, appName: null }), status)
    }
    const word = outcome.allowed ? 'allowed' : 'refused'
    if (outcome.sendTo === null) return send(reply, consentDone(view, { outcome: word, appName: outcome.name }))
    return send(reply, sentOn(view, { decision: word, url: outcome.sendTo }), 200, 'keepOpener')
  })
}

/** Only `allow` allows. */
function decisionOf(form: Form): Decision {
  if (form.text('decision') !== 'allow') return { allow: false }
  const expires = form.text('expires')
  const expiresAt = isExpiry(expires) ? endOf(expires, Date.now()) : null
  return { allow: true, permissions: form.all('permission'), expiresAt }
}
