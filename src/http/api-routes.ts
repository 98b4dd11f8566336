import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Callers } from '../access/callers.ts'
import type { Principal } from '../access/principal.ts'
import type { Uses } from '../access/uses.ts'
import { type Call, type Endpoint, type EndpointErrors, Failure } from '../api/endpoint.ts'
import type { Ctx } from '../context.ts'
import { authenticate } from './authenticate.ts'
import { checkText } from './body.ts'
import { declared, errors, invalidParam, Refused } from './error.ts'
import { passGate } from './gate.ts'
import { callOnce, repeatKeyOf } from './repeat.ts'
import { takeUploads } from './upload.ts'
import { castForm, castQuery, createValidator } from './validate.ts'

/** Serves every endpoint of the list under /api/. */
export function apiRoutes(
  app: FastifyInstance,
  ctx: Ctx,
  endpoints: ReadonlyMap<string, Endpoint>,
  { callers, uses }: { callers: Callers; uses: Uses },
): void {
  const validate = createValidator()

  const takeUpload = takeUploads(ctx)
  const asked = (request: FastifyRequest) => askedEndpoint(request, endpoints)

  /** Before the body is read: whatever it is, there is nobody to read it for. */
  async function exists(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const endpoint = asked(request)
    if (!endpoint) throw new Refused(errors.unknownEndpoint)
    return isGet(request) && !endpoint.get ? reply.code(405).header('allow', 'POST').send() : undefined
  }

  async function call(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const endpoint = asked(request)!
    const admit = async (given: unknown): Promise<Principal | null> => {
      const principal = await authenticate(ctx, callers, request, given)
      if (principal) uses.note(principal)
      await passGate({ ctx, endpoint, principal, request, reply })
      return principal
    }
    if (request.body instanceof Readable) {
      const { principal, fields, file } = await takeUpload(request, endpoint, admit)
      try {
        return await answer(request, reply, { endpoint, principal, params: castForm(endpoint.params, fields), file })
      } finally {
        if (file !== 'tooLarge') await file?.[Symbol.asyncDispose]()
      }
    }
    const byGet = isGet(request)
    const given: unknown = byGet ? request.query : request.body
    if (byGet) checkText(given, '#', 0)
    const principal = await admit(given)
    const params = byGet ? castQuery(endpoint.params, given as Record<string, unknown>) : given
    return answer(request, reply, { endpoint, principal, params, file: null })
  }

  /** Calls the endpoint and sends what it answers. */
  async function answer(request: FastifyRequest, reply: FastifyReply, call: Admitted): Promise<FastifyReply> {
    const { endpoint, principal, params, file } = call
    if (typeof params !== 'object' || params === null || Array.isArray(params)) {
      throw invalidParam('#/type', 'the parameters must be a JSON object')
    }
    validate(endpoint.params, params)
    const fail = (name: string) => new Failure(name)
    const passed = { ctx, params, me: principal, fail, endpoints, file }
    const key = repeatKeyOf(endpoint, principal, request.headers)
    const given = key ? await callOnce(endpoint, passed, key) : await endpoint.handle(passed)
    if (given instanceof Failure) throw declared(endpoint.errors[given.name]!)
    if (isGet(request) && endpoint.get && !principal)
      reply.header('cache-control', `public, max-age=${endpoint.get.cache}`)
    if (given === undefined || given === null) return reply.code(204).send()
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(given))
  }

  app.all('/api/*', { onRequest: exists }, call)
}

/** A call that has passed the gate. */
interface Admitted {
  endpoint: Endpoint
  principal: Principal | null
  params: unknown
  file: Call<unknown, 'none', EndpointErrors>['file']
}

/** The endpoint a request to /api/ is for; undefined where there is none. */
export const askedEndpoint = (
  request: FastifyRequest,
  endpoints: ReadonlyMap<string, Endpoint>,
): Endpoint | undefined => endpoints.get((request.params as { '*'?: string } | undefined)?.['*'] ?? '')

const isGet = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD'
