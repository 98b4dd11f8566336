import type { FastifyInstance } from 'fastify'
import type { Ctx } from '../context.ts'
import { answers } from '../db/queries/counts.ts'

/** `GET /healthz`: 200 when the server can serve, 503 when its database does not answer. */
export function healthRoute(app: FastifyInstance, ctx: Ctx): void {
  app.get('/healthz', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    try {
      await answers(ctx.db)
      return { ok: true }
    } catch (error) {
      ctx.log.error({ err: error }, 'The database does not answer')
      return reply.code(503).send({ ok: false })
    }
  })
}
