import type { Ctx } from '../context.ts'

/**
 * The cookie that holds the native token of a person's sign-in in a browser. Over HTTPS its name has a prefix that
 * browsers enforce: no other host, no plain connection can set it.
 */
const nameFor = (ctx: Ctx): string => (ctx.config.url.startsWith('https:') ? '__Host-mamekey' : 'mamekey')

const A_YEAR = 365 * 24 * 60 * 60

/** The native token in a Cookie header, or null. */
export function readSessionCookie(ctx: Ctx, header: string | undefined): string | null {
  const name = nameFor(ctx)
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=')
    if (part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || null
  }
  return null
}

/** A Set-Cookie header that keeps the token, or (null) removes it. Scripts cannot read it. */
export function sessionCookie(ctx: Ctx, token: string | null): string {
  const secure = ctx.config.url.startsWith('https:') ? '; Secure' : ''
  return `${nameFor(ctx)}=${token ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${token ? A_YEAR : 0}${secure}`
}

/**
 * Whether a request was made by a page of this server: the cookie counts only then, for other sites can make browsers
 * send it (cross-site request forgery). Browsers set these headers and scripts cannot.
 */
export function isFromOwnPage(
  ctx: Ctx,
  headers: { origin?: string | undefined; 'sec-fetch-site'?: string | string[] | undefined },
): boolean {
  if (headers.origin !== undefined && headers.origin !== 'null') {
    if (headers.origin === ctx.config.url) return true
    // The same server under its other loopback name: its own pages are same-origin to themselves.
    return headers['sec-fetch-site'] === 'same-origin'
  }
  return headers['sec-fetch-site'] === 'same-origin'
}
