import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { TSchema } from 'typebox'
import { roleConditionSchema } from '../views/schema/role-condition.ts'
import { errors, invalidParam } from './error.ts'

/** Checks parameters against an endpoint's schema and fills in what was left out; throws the error that says which is wrong. */
export type Validate = (schema: TSchema, params: unknown) => void

/** Schemas are compiled when they are first needed: compiling all of them would be most of the start. */
export function createValidator(): Validate {
  // Without strictNumbers, which `strict` turns off, 1e400 would be an integer: JSON.parse reads it as infinity.
  const ajv = new Ajv({ useDefaults: true, coerceTypes: false, strict: false, strictNumbers: true })
  // The one entity that is inside itself and comes as a parameter; known to be a schema, so not checked for being one.
  ajv.addSchema(roleConditionSchema, undefined, false, false)
  ajv.addFormat('misskey:id', /^[a-zA-Z0-9]+$/)
  const compiled = new WeakMap<TSchema, ValidateFunction>()
  return (schema, params) => {
    let check = compiled.get(schema)
    if (!check) {
      check = ajv.compile(schema)
      compiled.set(schema, check)
    }
    if (!check(params)) throw invalidParam(...firstOf(check.errors))
  }
}

function firstOf(found: ErrorObject[] | null | undefined): [param: string, reason: string] {
  const [error] = found ?? []
  if (!error) return ['#', 'they are not as they should be']
  const name = error.instancePath.slice(1).replaceAll('/', '.')
  return [error.schemaPath, `${name ? `${name} ` : ''}${reasonOf(error, found ?? [])}`]
}

/** More allowed words than these would only hide the sentence they are in. */
const MAX_WORDS = 40

/** The validator's words, and what it leaves out of them: which words are allowed, which of several would do. */
function reasonOf(error: ErrorObject, found: readonly ErrorObject[]): string {
  if (error.keyword === 'enum') {
    const { allowedValues } = error.params as { allowedValues: unknown[] }
    const words = allowedValues.slice(0, MAX_WORDS).map((value) => JSON.stringify(value))
    const more = allowedValues.length - words.length
    return `must be one of ${words.join(', ')}${more > 0 ? ` and ${more} others` : ''}`
  }
  if (error.schemaPath.startsWith('#/anyOf/') && error.keyword === 'required') {
    const missing = found.flatMap(({ params }) => (params as { missingProperty?: string }).missingProperty ?? [])
    return `must have one of the properties ${missing.map((name) => `'${name}'`).join(', ')}`
  }
  return error.message ?? 'is not as it should be'
}

/**
 * Reads parameters that came as text, in a form: as in a query, and where an id may be null, `null` and nothing stand
 * for that, as some clients write it.
 */
export function castForm(schema: TSchema, fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const properties = (schema as { properties?: Record<string, { type?: string | string[]; format?: string }> })
    .properties
  const params = castQuery(schema, fields)
  for (const [name, { type = [], format }] of Object.entries(properties ?? {})) {
    const isNothing = params[name] === 'null' || params[name] === ''
    if (isNothing && format === 'misskey:id' && type.includes('null')) params[name] = null
  }
  return params
}

/**
 * Reads parameters that came as text, in a query: those declared boolean or number are read as JSON, others stay text.
 */
export function castQuery(schema: TSchema, query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const properties = (schema as { properties?: Record<string, { type?: string | string[] }> }).properties ?? {}
  const params: Record<string, unknown> = { ...query }
  for (const [name, { type }] of Object.entries(properties)) {
    const value = params[name]
    const wanted = [type ?? []].flat().find((one) => one === 'boolean' || one === 'number' || one === 'integer')
    if (!wanted || typeof value !== 'string') continue
    try {
      params[name] = JSON.parse(value)
    } catch {
      throw invalidParam(name, `${name} cannot be read as ${wanted}`, errors.cannotCast)
    }
  }
  return params
}
