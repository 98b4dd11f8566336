import assert from 'node:assert/strict'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import Type from 'typebox'
import { endpointsByPath } from '../src/api/index.ts'
import { errors as gateErrors } from '../src/http/error.ts'
import { components } from '../src/views/schema/components.ts'
import { meDetailedSchema } from '../src/views/schema/me-detailed.ts'
import { UserDetailedNotMe } from '../src/views/schema/user-detailed.ts'

type Json = Record<string, unknown>

/** Answers of the entrance, which is not in the list of endpoints. */
const entryAnswers: Record<string, object> = {
  signup: Type.Object({ ...meDetailedSchema.properties, token: Type.String() }),
  'signin-flow': Type.Union([
    Type.Object({ finished: Type.Literal(true), id: Type.String(), i: Type.String() }),
    Type.Object({ finished: Type.Literal(false), next: Type.String() }),
  ]),
  'miauth/*/check': Type.Union([
    Type.Object({ ok: Type.Literal(true), token: Type.String(), user: UserDetailedNotMe }),
    Type.Object({ ok: Type.Literal(false) }),
  ]),
}

const { default: plugFormats } = addFormats as unknown as { default: (ajv: Ajv) => void }
const ajv = new Ajv({ strict: false, allErrors: true, schemas: components.map(closed) })
plugFormats(ajv)

const compiled = new Map<string, ValidateFunction>()

/**
 * Compares an answer with what its endpoint declares: the schema of a success with nothing beside it, no body where none
 * is declared, and for a failure one of the declared errors. Paths that are no endpoint's pass.
 */
export function checkAnswer(path: string, status: number, body: unknown): void {
  const name = path.replace(/^miauth\/.*\/check$/, 'miauth/*/check')
  const endpoint = endpointsByPath.get(name)
  const schema = endpoint ? endpoint.res : entryAnswers[name]
  if (status === 200) {
    if (schema) assert.deepEqual(violations(name, schema, body), [], `${path} answers as its schema says`)
    if (schema === null) assert.fail(`${path} declares no body and sends one: ${JSON.stringify(body)}`)
  }
  if (!endpoint) return
  if (status === 204) {
    assert.equal(body, '', `${path} answers 204 without a body`)
    if (schema) assert.deepEqual(violations(name, schema, null), [], `${path} declares that there may be no body`)
  }
  if (status >= 400) checkError(path, status, body)
}

/** What is wrong with an answer, as a list of sentences. */
export function violations(name: string, schema: object, body: unknown): string[] {
  const check = compiled.get(name) ?? ajv.compile(closed(schema))
  compiled.set(name, check)
  if (check(body)) return []
  return (check.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
  )
}

function checkError(path: string, status: number, body: unknown): void {
  const { error } = body as { error?: Json }
  assert.ok(error, `${path} answers ${status} with the envelope of errors, not ${JSON.stringify(body)}`)
  const { code, id, kind, message } = error
  assert.ok(kind === 'client' || kind === 'server' || kind === 'permission', `${path}: kind ${kind}`)
  assert.ok(typeof message === 'string' && message !== '', `${path}: a message`)
  const own = Object.values(endpointsByPath.get(path)?.errors ?? {})
  const known = [...own, ...Object.values(gateErrors)].map((one) => `${one.code} ${one.id} ${one.status ?? 400}`)
  assert.ok(known.includes(`${code} ${id} ${status}`), `${path} declares ${code} ${id} ${status}`)
}

/** The schema with every object of listed properties refusing others: what is not declared is not to be sent. */
function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(closed) as T
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]))
  const isOpen = copy['type'] === 'object' && copy['properties'] && copy['additionalProperties'] === undefined
  return (isOpen ? { ...copy, additionalProperties: false } : copy) as T
}
