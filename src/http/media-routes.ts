import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Ctx } from '../context.ts'
import { emojiByName } from '../db/queries/emojis.ts'
import { userByName } from '../db/queries/users.ts'
import { isUsername } from '../lib/username.ts'
import { identicon } from '../media/identicon.ts'
import { showUserLite } from '../views/user.ts'
import { errors } from './error.ts'
import { sendError } from './render-error.ts'

/** Longer than any name with any host: what is beyond only makes work. */
const MAX_SEED_LENGTH = 400

/** The seed of the picture of nobody. */
const NOBODY = 'nobody'

/**
 * Pictures that stand in entities: `GET /identicon/{seed}`, and those that lead to a person's (`/avatar/@{name}`), an
 * emoji's (`/emoji/{name}.webp`), and for clients that have pictures made smaller, to one of this server (`/proxy/`).
 */
export function mediaRoutes(app: FastifyInstance, ctx: Ctx): void {
  app.get<{ Params: { seed: string } }>('/identicon/:seed', async ({ params: { seed } }, reply) => {
    if (seed.length > MAX_SEED_LENGTH) {
      sendError(ctx, reply, { ...errors.badRequest, status: 414 })
      return reply
    }
    forAnyPage(reply)
    reply.header('cache-control', 'public, max-age=2592000')
    return reply.type('image/png').send(identicon(seed))
  })

  app.get<{ Params: { acct: string } }>('/avatar/@:acct', async ({ params: { acct } }, reply) => {
    const url = await avatarUrlOf(ctx, acct)
    forAnyPage(reply)
    reply.header('cache-control', `public, max-age=${url ? 3600 : 300}`)
    return reply.redirect(url ?? `${ctx.config.url}/identicon/${NOBODY}`, 302)
  })

  const leadTo = (reply: FastifyReply, url: string | null): FastifyReply => {
    forAnyPage(reply)
    reply.header('cache-control', `public, max-age=${url ? 3600 : 300}`)
    if (url) return reply.redirect(url, 302)
    sendError(ctx, reply, { ...errors.unknownEndpoint, code: 'NO_SUCH_PICTURE', message: 'There is no such picture.' })
    return reply
  }

  app.get<{ Params: { file: string } }>('/emoji/:file', async ({ params: { file } }, reply) =>
    leadTo(reply, await emojiUrlOf(ctx, file)),
  )

  app.get<{ Querystring: { url?: unknown } }>('/proxy/*', async ({ query }, reply) =>
    leadTo(reply, ownUrl(ctx, query.url)),
  )
}

/** Where the picture of an address such as `/emoji/name.webp` or `/emoji/name@.webp` is; null for no emoji of this server. */
async function emojiUrlOf(ctx: Ctx, file: string): Promise<string | null> {
  const [, name] = /^(\w{1,128})(?:@\.?)?\.webp$/.exec(file) ?? []
  return name === undefined ? null : ((await emojiByName(ctx.db, name))?.url ?? null)
}

/** What a client asks a proxy for, where it is on this server; nothing is fetched from anywhere else. */
function ownUrl(ctx: Ctx, asked: unknown): string | null {
  const url = typeof asked === 'string' ? URL.parse(asked) : null
  const isPicture = url && /^\/(?:files|emoji|identicon|avatar)\//.test(url.pathname)
  return isPicture && url.origin === ctx.config.url ? url.href : null
}

/** Clients that are web pages of other sites draw these, some on a canvas. */
export function forAnyPage(reply: FastifyReply): void {
  reply.header('x-content-type-options', 'nosniff')
  reply.header('access-control-allow-origin', '*')
  reply.header('cross-origin-resource-policy', 'cross-origin')
}

/** Where the picture of `name` or `name@host` is; null for who is not here, is suspended or is of another server. */
async function avatarUrlOf(ctx: Ctx, acct: string): Promise<string | null> {
  const at = acct.indexOf('@')
  const name = at < 0 ? acct : acct.slice(0, at)
  const host = at < 0 ? null : acct.slice(at + 1).toLowerCase()
  if (!isUsername(name) || (host !== null && host !== new URL(ctx.config.url).host)) return null
  const user = await userByName(ctx.db, name)
  return user && !user.isSuspended ? showUserLite(ctx, user).avatarUrl : null
}
