import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Callers } from '../../access/callers.ts'
import { isFromOwnPage, readSessionCookie } from '../../access/cookie.ts'
import type { Principal } from '../../access/principal.ts'
import type { Device } from '../../access/session.ts'
import type { Uses } from '../../access/uses.ts'
import type { Ctx } from '../../context.ts'
import { userById } from '../../db/queries/users.ts'
import { hmac, sameText } from '../../lib/crypto.ts'
import { type Html, render } from '../../lib/html.ts'
import { showUserLite } from '../../views/user.ts'
import { isLanguage, languages, pickLanguage, translator } from '../messages.ts'
import type { PageFile, View } from '../view.ts'

/** What the routes of pages are made of. */
export interface Pages {
  ctx: Ctx
  callers: Callers
  /** Told who looked at a page, for the list of devices. */
  uses: Uses
  asset: (file: PageFile) => string
}

/** Someone looking at a page. */
export interface Visit {
  view: View
  /** Whoever is signed in in this browser and not suspended. */
  principal: Principal | null
}

const LANGUAGE_COOKIE = 'lang'
const A_YEAR = 365 * 24 * 60 * 60

/**
 * Says who looks at a page and how it is to be shown. For showing, the cookie suffices: other sites can send people here
 * (that is what consent is), but cannot see what they see.
 * @param path path and query by which GET shows the page, when it is not the one asked for
 */
export async function visit(
  { ctx, callers, uses, asset }: Pages,
  request: FastifyRequest,
  reply: FastifyReply,
  path = request.url,
): Promise<Visit> {
  const token = readSessionCookie(ctx, request.headers.cookie)
  const found = token ? await callers.principalOf(token) : null
  const principal = found?.isSuspended ? null : found
  if (principal) uses.note(principal)
  const user = principal && (await userById(ctx.db, principal.id))
  const lang = languageOf(request, reply)
  const name = ctx.settings.current().name ?? new URL(ctx.config.url).host
  const view: View = {
    t: translator(lang),
    lang,
    languages,
    path,
    me: user ? showUserLite(ctx, user) : null,
    csrf: principal && csrfOf(ctx, principal),
    serverName: name,
    origin: ctx.config.url,
    asset,
  }
  return { view, principal }
}

/** The language asked for with `?lang=`, which is remembered, else the one remembered, else the browser's. */
function languageOf(request: FastifyRequest, reply: FastifyReply) {
  const { lang } = request.query as { lang?: string }
  if (typeof lang === 'string' && isLanguage(lang)) {
    reply.header('set-cookie', `${LANGUAGE_COOKIE}=${lang}; Path=/; SameSite=Lax; Max-Age=${A_YEAR}`)
    return lang
  }
  const remembered = /(?:^|;\s*)lang=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]
  return pickLanguage(request.headers['accept-language'], remembered)
}

/** Tied to one session: a form shown to one person cannot be sent in another's name. */
const csrfOf = (ctx: Ctx, principal: Principal): string => hmac(ctx.config.key, `csrf ${principal.credential.digest}`)

/**
 * Whether a form was sent from one of our own pages, by whom it was shown to (cross-site request forgery): the browser
 * says it came from here, and for someone signed in the form holds what only their page held.
 */
export function isOwnForm(ctx: Ctx, request: FastifyRequest, { principal }: Visit, form: Form): boolean {
  if (!isFromOwnPage(ctx, request.headers)) return false
  return principal === null || sameText(form.text('csrf'), csrfOf(ctx, principal))
}

/** The fields of a sent form. */
export interface Form {
  /** The first field of the name, empty when there is none. */
  text(name: string): string
  /** Every field of the name. */
  all(name: string): string[]
}

export function formOf(request: FastifyRequest): Form {
  const fields = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
  return { text: (name) => fields.get(name) ?? '', all: (name) => fields.getAll(name) }
}

/**
 * Sends a page. `form-action 'self'` holds for redirects after a form too, so pages that lead elsewhere do it by a
 * refresh; `same-origin` keeps addresses with secrets from other sites and lets forms say where they come from.
 * @param opener whether a window opened by an application stays known to it: some wait for it to come back to them
 */
export function send(
  reply: FastifyReply,
  page: Html,
  status = 200,
  opener: 'dropOpener' | 'keepOpener' = 'dropOpener',
): FastifyReply {
  return reply
    .code(status)
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: https:; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    .header('x-frame-options', 'DENY')
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'same-origin')
    .header('cross-origin-opener-policy', opener === 'keepOpener' ? 'unsafe-none' : 'same-origin')
    .header('cache-control', 'no-store')
    .header('vary', 'Cookie, Accept-Language')
    .type('text/html; charset=utf-8')
    .send(render(page))
}

/** What fits into the head of a request: OAuth clients may name every permission there is. */
const MAX_PATH_LENGTH = 16_384

/** A path of this server to go on to after signing in; null for anything that could lead elsewhere. */
export function ownPath(ctx: Ctx, text: string): string | null {
  if (!text.startsWith('/') || text.length > MAX_PATH_LENGTH) return null
  const url = URL.parse(text, ctx.config.url)
  if (!url || url.origin !== new URL(ctx.config.url).origin) return null
  const path = url.pathname + url.search
  // Two slashes would name a host.
  return /^\/[/\\]/.test(path) ? null : path
}

export const deviceOf = (request: FastifyRequest): Device => ({
  ip: request.ip,
  userAgent: request.headers['user-agent'] ?? null,
})
