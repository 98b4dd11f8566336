import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Uses } from '../access/uses.ts'
import { type Endpoint, Failure } from '../api/endpoint.ts'
import type { Ctx } from '../context.ts'
import { authenticate } from './authenticate.ts'
import { checkText } from './body.ts'
import { declared, errors, invalidParam, Refused } from './error.ts'
import { passGate } from './gate.ts'
import { castQuery, createValidator } from './validate.ts'

/** Serves every endpoint of the list under /api/. */
export function apiRoutes(app: FastifyInstance, ctx: Ctx, endpoints: ReadonlyMap<string, Endpoint>, uses: Uses): void {
  const validate = createValidator()

  async function call(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { '*': path } = request.params as { '*': string }
    const endpoint = endpoints.get(path)
    if (!endpoint) throw new Refused(errors.unknownEndpoint)
    const isGet = request.method === 'GET' || request.method === 'HEAD'
    if (isGet && !endpoint.get) return reply.code(405).send()
    const given: unknown = isGet ? request.query : request.body
    if (isGet) checkText(given, '#', 0)
    const principal = await authenticate(ctx, request, given)
    if (principal) uses.note(principal)
    await passGate({ ctx, endpoint, principal, request, reply })
    const params = isGet ? castQuery(endpoint.params, given as Record<string, unknown>) : given
    if (typeof params !== 'object' || params === null || Array.isArray(params)) {
      throw invalidParam('#/type', 'the parameters must be a JSON object')
    }
    validate(endpoint.params, params)
    const fail = (name: string) => new Failure(name)
    const answer = await endpoint.handle({ ctx, params, me: principal, fail, endpoints })
    if (answer instanceof Failure) throw declared(endpoint.errors[answer.name]!)
    if (isGet && endpoint.get && !principal) reply.header('cache-control', `public, max-age=${endpoint.get.cache}`)
    if (answer === undefined || answer === null) return reply.code(204).send()
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer))
  }

  app.all('/api/*', call)
}
