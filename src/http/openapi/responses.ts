import type { Endpoint } from '../../api/endpoint.ts'
import { type ApiError, declared, errors } from '../error.ts'
import { documentSchema, type Json } from './schema.ts'

/** The envelope of every error. */
export const errorSchema: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['message', 'code', 'id', 'kind'],
      properties: {
        message: { type: 'string', description: 'What happened, for people to read.' },
        code: { type: 'string', description: 'What happened, for programs.' },
        id: { type: 'string', format: 'uuid', description: 'Tells errors of the same code apart.' },
        kind: { type: 'string', enum: ['client', 'server', 'permission'] },
        info: { type: 'object', description: 'More about it, such as which parameter is wrong.' },
      },
    },
  },
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be followed as it is.',
  401: 'The token is missing, or no good.',
  403: 'Not allowed.',
  404: 'Not found.',
  409: 'It was done before.',
  429: 'Too many calls: wait before the next one.',
  500: 'The server could not do it.',
}

/** Everything an endpoint may answer, by status. */
export function responsesOf(endpoint: Endpoint, method: 'get' | 'post'): Json {
  const byStatus = Map.groupBy(errorsOf(endpoint, method), ([, error]) => error.status)
  const failures = [...byStatus].map(([status, list]) => [status, errorResponse(status, list)])
  return { ...successOf(endpoint), ...Object.fromEntries(failures) }
}

function successOf({ res }: Endpoint): Json {
  const empty = { 204: { description: 'Done. There is nothing to say.' } }
  if (!res) return empty
  const { anyOf, ...rest } = res as { anyOf?: { type?: unknown }[] }
  const answers = anyOf?.filter(({ type }) => type !== 'null')
  // Null is sent as an answer without a body.
  const mayBeEmpty = anyOf !== undefined && answers!.length < anyOf.length
  const body = mayBeEmpty ? (answers!.length === 1 ? answers![0]! : { ...rest, anyOf: answers! }) : res
  const ok = { 200: { description: 'Done.', content: json({ schema: documentSchema(body) }) } }
  return mayBeEmpty ? { ...ok, ...empty } : ok
}

type Named = readonly [name: string, error: ApiError]

/** The endpoint's own errors and those of the gate that it can meet. */
function errorsOf(endpoint: Endpoint, method: 'get' | 'post'): Named[] {
  const { auth, permission, secure } = endpoint
  const needsPerson = auth !== 'none'
  const gate: Record<string, ApiError | false | undefined> = {
    invalidParam: errors.invalidParam,
    cannotCast: method === 'get' && errors.cannotCast,
    accessDenied: secure && errors.accessDenied,
    authenticationFailed: errors.authenticationFailed,
    credentialRequired: needsPerson && errors.credentialRequired,
    accountSuspended: needsPerson && errors.accountSuspended,
    accountMoved: endpoint.refusedToMoved && errors.accountMoved,
    notModerator: auth === 'moderator' && errors.notModerator,
    notAdministrator: auth === 'admin' && errors.notAdministrator,
    policyDenied: endpoint.policy !== undefined && errors.policyDenied,
    permissionDenied:
      !secure && permission !== 'any' && (permission !== null || needsPerson) && errors.permissionDenied,
    idempotencyKeyUsed: endpoint.again !== undefined && errors.idempotencyKeyUsed,
    rateLimitExceeded: endpoint.limit !== undefined && errors.rateLimitExceeded,
    internalError: errors.internalError,
  }
  const own = Object.entries(endpoint.errors).map(([name, error]): Named => [name, declared(error).error])
  return [...own, ...Object.entries(gate).flatMap(([name, error]): Named[] => (error ? [[name, error]] : []))]
}

function errorResponse(status: number, list: readonly Named[]): Json {
  const examples = Object.fromEntries(list.map(([name, error]) => [name, exampleOf(error)]))
  const schema = { $ref: '#/components/schemas/Error' }
  return {
    description: titles[status] ?? list[0]![1].message,
    ...(status === 429 && { headers: { 'Retry-After': secondsHeader } }),
    content: json({ schema, examples }),
  }
}

const secondsHeader = { description: 'Seconds to wait.', schema: { type: 'integer' } }

const exampleOf = ({ code, message, id, kind }: ApiError): Json => ({
  summary: code,
  value: { error: { message, code, id, kind } },
})

/** Content of the one type the API speaks. */
export const json = (content: Json): Json => ({ 'application/json': content })
