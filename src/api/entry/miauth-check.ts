import type { FastifyInstance } from 'fastify'
import { claimMiauth, isUsableSession } from '../../access/miauth.ts'
import type { Ctx } from '../../context.ts'
import { showUsersDetailed } from '../../views/user.ts'

/**
 * `POST /api/miauth/{session}/check`: the application fetches its token, once. Clients send any body or none, of any
 * type, and always get 200.
 */
export function miauthCheckRoute(app: FastifyInstance, ctx: Ctx): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // Read as a whole so that there is an end to how much.
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined))
    scope.post<{ Params: { session: string } }>('/api/miauth/:session/check', async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const { session } = request.params
      const claimed = isUsableSession(session) ? await claimMiauth(ctx, session) : null
      if (!claimed) return { ok: false }
      const [user] = await showUsersDetailed(ctx, [claimed.userId], null)
      return { ok: true, token: claimed.token, user }
    })
  })
}
