import type { TSchema } from 'typebox'

/** What of JSON Schema our parameters use. */
interface Shape {
  type?: string | string[]
  enum?: unknown[]
  default?: unknown
  examples?: unknown[]
  format?: string
  minimum?: number
  minItems?: number
  items?: Shape
  properties?: Record<string, Shape>
  required?: string[]
  anyOf?: Shape[]
  then?: Shape
}

/** Parameters that would be accepted: those that must be there and no others, to start from in the console. */
export function exampleParams(params: TSchema): Record<string, unknown> {
  const shape = params as Shape
  const needed = [shape, shape.then, shape.anyOf?.[0]].flatMap((rule) => rule?.required ?? [])
  return Object.fromEntries([...new Set(needed)].map((name) => [name, valueFor(name, shape.properties?.[name] ?? {})]))
}

function valueFor(name: string, shape: Shape): unknown {
  if (shape.default !== undefined) return shape.default
  if (shape.examples) return shape.examples[0]
  if (shape.enum) return shape.enum[0]
  const type = [shape.type ?? 'string'].flat().find((one) => one !== 'null')
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number') return shape.minimum ?? 1
  if (type === 'object') return exampleParams(shape as TSchema)
  if (type !== 'array') return textFor(name, shape)
  return Array.from({ length: shape.minItems ?? 1 }, (_, index) => {
    const item = valueFor(name, shape.items ?? {})
    return typeof item === 'string' && index > 0 ? `${item}${index + 1}` : item
  })
}

function textFor(name: string, { format }: Shape): string {
  if (format === 'misskey:id') return 'a1b2c3d4e5'
  return name.toLowerCase().includes('username') ? 'alice' : 'Hello'
}
