import type { Ctx } from '../../context.ts'
import type { Problem } from './problem.ts'

/** Everything an answer may hold. What the redirect address has of these by itself is replaced, never doubled. */
const names = ['code', 'error', 'error_description', 'state', 'iss'] as const

/** Where the person is sent with a code (RFC 6749 section 4.1.2). */
export const codeLocation = (ctx: Ctx, redirectUri: string, state: string | null, code: string): string =>
  location(ctx, redirectUri, state, { code })

/** Where the person is sent when nothing comes of it (RFC 6749 section 4.1.2.1). */
export const errorLocation = (ctx: Ctx, redirectUri: string, state: string | null, problem: Problem): string =>
  location(ctx, redirectUri, state, { error: problem.error, error_description: problem.description })

function location(
  ctx: Ctx,
  redirectUri: string,
  state: string | null,
  answer: Partial<Record<(typeof names)[number], string>>,
): string {
  const url = new URL(redirectUri)
  for (const name of names) url.searchParams.delete(name)
  // RFC 9207 section 2: the very issuer of the metadata, so that a client can tell servers apart.
  const parameters = { ...answer, ...(state !== null && { state }), iss: ctx.config.url }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}
