import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Callers } from '../access/callers.ts'
import type { Uses } from '../access/uses.ts'
import { type Endpoint, Failure } from '../api/endpoint.ts'
import type { Ctx } from '../context.ts'
import { authenticate } from './authenticate.ts'
import { checkText } from './body.ts'
import { declared, errors, invalidParam, Refused } from './error.ts'
import { passGate } from './gate.ts'
import { callOnce, repeatKeyOf } from './repeat.ts'
import { castQuery, createValidator } from './validate.ts'

/** Serves every endpoint of the list under /api/. */
export function apiRoutes(
  app: FastifyInstance,
  ctx: Ctx,
  endpoints: ReadonlyMap<string, Endpoint>,
  { callers, uses }: { callers: Callers; uses: Uses },
): void {
  const validate = createValidator()

  const asked = (request: FastifyRequest) => endpoints.get((request.params as { '*': string })['*'])

  /** Before the body is read: whatever it is, there is nobody to read it for. */
  async function exists(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const endpoint = asked(request)
    if (!endpoint) throw new Refused(errors.unknownEndpoint)
    return isGet(request) && !endpoint.get ? reply.code(405).header('allow', 'POST').send() : undefined
  }

  async function call(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const endpoint = asked(request)!
    const byGet = isGet(request)
    const given: unknown = byGet ? request.query : request.body
    if (byGet) checkText(given, '#', 0)
    const principal = await authenticate(ctx, callers, request, given)
    if (principal) uses.note(principal)
    await passGate({ ctx, endpoint, principal, request, reply })
    const params = byGet ? castQuery(endpoint.params, given as Record<string, unknown>) : given
    if (typeof params !== 'object' || params === null || Array.isArray(params)) {
      throw invalidParam('#/type', 'the parameters must be a JSON object')
    }
    validate(endpoint.params, params)
    const fail = (name: string) => new Failure(name)
    const passed = { ctx, params, me: principal, fail, endpoints }
    const key = repeatKeyOf(endpoint, principal, request.headers)
    const answer = key ? await callOnce(endpoint, passed, key) : await endpoint.handle(passed)
    if (answer instanceof Failure) throw declared(endpoint.errors[answer.name]!)
    if (byGet && endpoint.get && !principal) reply.header('cache-control', `public, max-age=${endpoint.get.cache}`)
    if (answer === undefined || answer === null) return reply.code(204).send()
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer))
  }

  app.all('/api/*', { onRequest: exists }, call)
}

const isGet = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD'
