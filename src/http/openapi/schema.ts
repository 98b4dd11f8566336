import type { TSchema } from 'typebox'
import { components } from '../../views/schema/components.ts'

/** A part of the document. */
export type Json = Readonly<Record<string, unknown>>

/** Keywords whose value is a map from names to schemas: a name there is data, even if it reads like a keyword. */
const maps = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas'])
/** Keywords whose value is data. */
const data = new Set(['enum', 'const', 'default', 'examples', 'required', 'type'])

/** A schema as the document has it: references lead to its components, and formats only we know become patterns. */
export function documentSchema(schema: TSchema): Json {
  const clean: Record<string, unknown> = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === '$id') continue
    if (keyword === '$ref') clean['$ref'] = `#/components/schemas/${String(value).replace(/#$/, '')}`
    else if (keyword === 'format' && value === 'misskey:id') clean['pattern'] = '^[a-zA-Z0-9]+$'
    else if (maps.has(keyword)) clean[keyword] = mapValues(value as Record<string, TSchema>)
    else clean[keyword] = data.has(keyword) ? value : documentValue(value)
  }
  return clean
}

const mapValues = (schemas: Record<string, TSchema>): Json =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, documentSchema(schema)]))

function documentValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(documentValue)
  return typeof value === 'object' && value !== null ? documentSchema(value) : value
}

/** Every entity, by the name others refer to it. */
export const entitySchemas = (): Json =>
  Object.fromEntries(components.map((component) => [component.$id, documentSchema(component)]))
