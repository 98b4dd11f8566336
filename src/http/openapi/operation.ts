import type { TSchema } from 'typebox'
import type { Auth, Endpoint } from '../../api/endpoint.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../lib/time.ts'
import { REPEAT_HEADER, REPEAT_KEY } from '../repeat.ts'
import { exampleParams } from './example.ts'
import { json, responsesOf } from './responses.ts'
import { documentSchema, type Json } from './schema.ts'

/** The name of the security scheme. */
export const TOKEN = 'token'

/** The operations of an endpoint, by method. */
export function pathItemOf(endpoint: Endpoint, tag: string): Json {
  return {
    post: {
      ...operationOf(endpoint, tag, 'post'),
      ...(endpoint.again && { parameters: [repeatHeader] }),
      requestBody: { required: true, content: endpoint.upload ? formOf(endpoint.params) : paramsOf(endpoint.params) },
    },
    ...(endpoint.get && {
      get: { ...operationOf(endpoint, tag, 'get'), parameters: queryOf(endpoint.params) },
    }),
  }
}

const paramsOf = (params: TSchema): Json => json({ schema: documentSchema(params), example: exampleParams(params) })

/** A form: the parameters are its fields, beside a part with the file. */
function formOf(params: TSchema): Json {
  const { properties = {}, required = [] } = documentSchema(params) as { properties?: Json; required?: string[] }
  const file = { type: 'string', contentMediaType: 'application/octet-stream', description: 'The file.' }
  const token = { type: 'string', description: 'The token, where it is not in the header; before the file.' }
  const schema = { type: 'object', properties: { i: token, ...properties, file }, required: [...required, 'file'] }
  return { 'multipart/form-data': { schema } }
}

const repeatHeader: Json = {
  name: REPEAT_HEADER,
  in: 'header',
  required: false,
  description:
    'Makes the call safe to repeat: for a day, all calls of one person with the same key make one thing, and are answered with it.',
  schema: { type: 'string', pattern: REPEAT_KEY },
}

function operationOf(endpoint: Endpoint, tag: string, method: 'get' | 'post'): Json {
  const id = endpoint.path.replaceAll('/', '-')
  return {
    // No path has a dot, so that no endpoint can have the id of another's GET.
    operationId: method === 'get' ? `${id}.get` : id,
    tags: [tag],
    summary: endpoint.about,
    description: descriptionOf(endpoint),
    security: securityOf(endpoint),
    responses: responsesOf(endpoint, method),
  }
}

/** An endpoint that needs nobody may still be called with a token. In 3.1 a scheme of any type may list what it needs. */
function securityOf({ auth, permission }: Endpoint): Json[] {
  const withToken = { [TOKEN]: permission && permission !== 'any' ? [permission] : [] }
  return auth === 'none' ? [{}, withToken] : [withToken]
}

const callers: Record<Auth, string> = {
  none: 'Anyone may call this, signed in or not.',
  required: 'For anyone signed in.',
  moderator: 'For moderators.',
  admin: 'For administrators.',
}

function descriptionOf(endpoint: Endpoint): string {
  const { auth, permission, secure, policy, limit } = endpoint
  const sentences = [
    callers[auth],
    secure && 'Only for people signed in themselves: no access token is accepted.',
    !secure && permission && permission !== 'any' && `An access token needs the permission \`${permission}\`.`,
    !secure && permission === 'any' && 'Any access token will do, whatever its permissions.',
    !secure && permission === null && auth !== 'none' && 'Access tokens are not accepted, whatever their permissions.',
    policy && `The role policy \`${policy}\` must be on for the caller.`,
    endpoint.refusedToMoved && 'Refused to accounts that have moved away.',
    limit && limitText(limit),
    endpoint.get && `May be called by GET; anonymous answers may be kept for ${endpoint.get.cache} seconds.`,
  ]
  return sentences.filter(Boolean).join(' ')
}

function limitText({ max, per, minInterval }: NonNullable<Endpoint['limit']>): string {
  const pace = minInterval === undefined ? '' : `, and ${span(minInterval)} between two`
  return `At most ${max} ${max === 1 ? 'call' : 'calls'} in ${span(per)}${pace}.`
}

const units = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
  [SECOND, 'second'],
  [1, 'millisecond'],
] as const

function span(milliseconds: number): string {
  const [length, name] = units.find(([unit]) => milliseconds % unit === 0) ?? units[4]
  const count = milliseconds / length
  return `${count} ${name}${count === 1 ? '' : 's'}`
}

function queryOf(params: TSchema): Json[] {
  const { properties = {}, required = [] } = params as { properties?: Record<string, TSchema>; required?: string[] }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: documentSchema(schema),
  }))
}
