import Type from 'typebox'
import { meDetailedSchema } from '../../views/schema/me-detailed.ts'
import { UserDetailedNotMe } from '../../views/schema/user-detailed.ts'
import { json } from './responses.ts'
import { documentSchema, type Json } from './schema.ts'

/** The envelope of errors at the entrance, where `message` is the code. */
export const entryErrorSchema: Json = {
  type: 'object',
  required: ['statusCode', 'message', 'error'],
  properties: {
    statusCode: { type: 'integer' },
    message: { type: 'string', description: 'What happened, for programs: the same as the code.' },
    error: {
      type: 'object',
      required: ['message', 'code', 'kind'],
      properties: {
        message: { type: 'string', description: 'What happened, for people to read.' },
        code: { type: 'string' },
        id: { type: 'string', format: 'uuid' },
        kind: { type: 'string', enum: ['client'] },
      },
    },
  },
}

interface Entry {
  id: string
  summary: string
  description: string
  params?: Type.TSchema
  answer: Type.TSchema
  refusals: readonly number[]
}

const name = Type.String({ minLength: 1, maxLength: 20, pattern: '^\\w{1,20}$' })
const password = Type.String({ minLength: 1, maxLength: 1024 })

/** How one gets in. These routes are outside the list of endpoints: their errors and bodies have a form of their own. */
const entries: Readonly<Record<string, Entry>> = {
  '/signup': {
    id: 'signup',
    summary: 'Makes an account and signs it in.',
    description:
      'The first account becomes the administrator and may need the setup password. ' +
      'Browsers may call this from the server’s own pages only.',
    params: Type.Object({
      username: name,
      password,
      invitationCode: Type.Optional(Type.String()),
      setupPassword: Type.Optional(Type.String()),
    }),
    answer: Type.Object({ ...meDetailedSchema.properties, token: Type.String() }),
    refusals: [400],
  },
  '/signin-flow': {
    id: 'signin-flow',
    summary: 'Signs somebody in, asking for one thing after another.',
    description:
      'The answer to a name alone says what to send next. The token in the last answer, `i`, is a native one: ' +
      'it may do everything the person may. Browsers may call this from the server’s own pages only.',
    params: Type.Object({ username: Type.String(), password: Type.Optional(Type.String()) }),
    answer: Type.Union([
      Type.Object({ finished: Type.Literal(true), id: Type.String(), i: Type.String() }),
      Type.Object({ finished: Type.Literal(false), next: Type.Literal('captcha') }),
    ]),
    refusals: [400, 403, 429],
  },
  '/miauth/{session}/check': {
    id: 'miauth-check',
    summary: 'Fetches the token a person has allowed an application, once.',
    description: 'The session is the one of the page `/miauth/{session}` the person was sent to. The body is not read.',
    answer: Type.Union([
      Type.Object({ ok: Type.Literal(true), token: Type.String(), user: UserDetailedNotMe }),
      Type.Object({ ok: Type.Literal(false) }),
    ]),
    refusals: [],
  },
}

/** The entrance as the document has it, all under one tag. */
export const entryPaths = (tag: string): Json =>
  Object.fromEntries(Object.entries(entries).map(([path, entry]) => [path, { post: operationOf(path, entry, tag) }]))

function operationOf(path: string, { id, summary, description, params, answer, refusals }: Entry, tag: string): Json {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)
  const parameters = names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
  return {
    operationId: id,
    tags: [tag],
    summary,
    description,
    security: [],
    ...(parameters.length > 0 && { parameters }),
    ...(params && { requestBody: { required: true, content: json({ schema: documentSchema(params) }) } }),
    responses: {
      200: { description: 'Done.', content: json({ schema: documentSchema(answer) }) },
      ...Object.fromEntries(refusals.map((status) => [status, refusal(status)])),
    },
  }
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Something sent is missing or cannot be taken.',
  403: 'The name or the password is wrong, or the account is suspended.',
  429: 'Too many attempts: wait a while.',
}

const refusal = (status: number): Json => ({
  description: reasons[status]!,
  content: json({ schema: { $ref: '#/components/schemas/EntryError' } }),
})
