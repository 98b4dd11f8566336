import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Ctx } from '../context.ts'
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

/** Pictures that stand in entities: `GET /identicon/{seed}`, and `GET /avatar/@{name}` which leads to a person's. */
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
