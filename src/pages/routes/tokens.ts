import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sessionCookie } from '../../access/cookie.ts'
import { revokeGrant } from '../../access/grant.ts'
import { issueToken } from '../../access/manual.ts'
import { isAdminPermission, isPermission } from '../../access/permission.ts'
import type { Principal } from '../../access/principal.ts'
import { endSession } from '../../access/session.ts'
import { grantsOf } from '../../db/queries/grants.ts'
import { sessionsOf } from '../../db/queries/sessions.ts'
import { timeOfId } from '../../lib/id.ts'
import { errorPage } from '../error-page.ts'
import { endOf, isExpiry } from '../expiry.ts'
import { blankIssueForm, type IssueForm } from '../parts/issue-form.ts'
import { isPreset, permissionsOf } from '../presets.ts'
import { type TokensData, tokens } from '../tokens.ts'
import { type Form, formOf, isOwnForm, type Pages, send, type Visit, visit } from './visit.ts'

const PAGE = '/settings/api'
const MAX_NAME_LENGTH = 100

/** Settings > API: tokens made by hand, applications, devices. */
export function tokenPages(app: FastifyInstance, pages: Pages): void {
  const { ctx } = pages

  async function show(reply: FastifyReply, { view, principal }: SignedIn, more: Partial<TokensData>, status = 200) {
    const grants = await grantsOf(ctx.db, principal.id, Date.now())
    const sessions = await sessionsOf(ctx.db, principal.id)
    const data: TokensData = {
      issued: null,
      done: null,
      form: blankIssueForm,
      isAdministrator: principal.isAdministrator,
      tokens: grants.reverse().map((grant) => ({
        id: grant.id,
        app: grant.kind === 'manual' ? null : (grant.appId ?? grant.clientId ?? grant.name),
        name: grant.name ?? grant.appName,
        iconUrl: grant.iconUrl,
        via: grant.kind,
        permissions: grant.permission,
        createdAt: timeOfId(grant.id),
        lastUsedAt: grant.lastUsedAt,
        expiresAt: grant.expiresAt,
      })),
      devices: sessions.map((session) => ({
        id: session.id,
        userAgent: session.userAgent,
        createdAt: timeOfId(session.id),
        lastUsedAt: session.lastUsedAt ?? timeOfId(session.id),
        isCurrent: principal.credential.kind === 'native' && principal.credential.sessionId === session.id,
      })),
      ...more,
    }
    return send(reply, tokens(view, data), status)
  }

  /** A sent form and who sent it, or null when that has been answered already. */
  async function receive(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<{ visited: SignedIn; form: Form } | null> {
    const visited = await visit(pages, request, reply, PAGE)
    const form = formOf(request)
    if (isSignedIn(visited) && isOwnForm(ctx, request, visited, form)) return { visited, form }
    send(reply, errorPage(visited.view, { status: 403, reason: 'formExpired' }), 403)
    return null
  }

  app.get<{ Querystring: { done?: string } }>(PAGE, async (request, reply) => {
    const visited = await visit(pages, request, reply)
    if (!isSignedIn(visited)) return reply.redirect(`/sign-in?next=${PAGE}`, 302)
    const { done } = request.query
    return show(reply, visited, { done: done === 'revoked' || done === 'ended' ? done : null })
  })

  app.post(`${PAGE}/issue`, async (request, reply) => {
    const received = await receive(request, reply)
    if (!received) return reply
    const { visited, form } = received
    const wanted = readIssueForm(form, visited.principal)
    if (wanted.errors.length > 0) return show(reply, visited, { form: wanted }, 400)
    const issued = await issueToken(ctx, visited.principal.id, {
      session: null,
      name: wanted.name || null,
      description: null,
      iconUrl: null,
      permissions: wanted.permissions,
      expiresAt: endOf(wanted.expires, Date.now()),
    })
    if (typeof issued === 'string') return show(reply, visited, { form: wanted }, 400)
    return show(reply, visited, { issued: { name: wanted.name, token: issued.token } })
  })

  app.post(`${PAGE}/revoke`, async (request, reply) => {
    const received = await receive(request, reply)
    if (!received) return reply
    for (const id of received.form.all('id')) await revokeGrant(ctx, received.visited.principal.id, id)
    return reply.redirect(`${PAGE}?done=revoked`, 303)
  })

  app.post(`${PAGE}/end-session`, async (request, reply) => {
    const received = await receive(request, reply)
    if (!received) return reply
    const { principal } = received.visited
    const id = received.form.text('id')
    await endSession(ctx, principal.id, id)
    const isOwn = principal.credential.kind === 'native' && principal.credential.sessionId === id
    if (isOwn) return reply.header('set-cookie', sessionCookie(ctx, null)).redirect('/', 303)
    return reply.redirect(`${PAGE}?done=ended`, 303)
  })
}

type SignedIn = Visit & { principal: Principal }

const isSignedIn = (visited: Visit): visited is SignedIn => visited.principal !== null

/** What the form asks for. Administration is dropped unless it is an administrator's to give. */
function readIssueForm(form: Form, principal: Principal): IssueForm {
  const name = form.text('name').trim()
  const preset = form.text('preset')
  const expires = form.text('expires')
  const chosen = isPreset(preset) ? preset : 'custom'
  const ticked = form.all('permission').filter(isPermission)
  const permissions = (permissionsOf(chosen) ?? ticked).filter(
    (permission) => principal.isAdministrator || !isAdminPermission(permission),
  )
  return {
    name,
    preset: chosen,
    permissions: [...new Set(permissions)],
    expires: isExpiry(expires) ? expires : 'never',
    errors: [
      ...(name.length > MAX_NAME_LENGTH ? (['nameLong'] as const) : []),
      ...(permissions.length === 0 ? (['nothingChosen'] as const) : []),
    ],
  }
}
