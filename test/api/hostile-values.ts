/** The part of JSON Schema that parameters are described in. */
export interface Schema {
  type?: string | string[]
  enum?: unknown[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  format?: string
  items?: Schema
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  properties?: Record<string, Schema>
  required?: string[]
  anyOf?: Schema[]
  then?: { required?: string[] }
}

/** A value as the text that is sent, for JSON.stringify cannot write all of them. */
export interface Hostile {
  what: string
  json: string
  /** Whether it cannot be right, whatever the endpoint does with it. */
  isWrong: boolean
}

const MANY = 10_000
/** With a name and braces around it, just under what a body may have. */
const LONG = 1024 * 1024 - 300

/** Sent for every parameter. */
const anyTexts = {
  'no text': '',
  'a word': 'x',
  'a number as text': '1',
  'the name of a prototype': '__proto__',
  'three thousand brackets': '['.repeat(3000),
  'a mebibyte': 'a'.repeat(LONG),
}

/** Sent where text is taken. */
const moreTexts = {
  'not a number': 'NaN',
  'too great a number as text': '1e400',
  'a truth as text': 'true',
  'white space': ' \t\n\u3000',
  'the name of a constructor': 'constructor',
  'open markup': '$[x2 '.repeat(500),
  mentions: '@a'.repeat(1000),
  SQL: `'; drop table "user"; --`,
  'a path': '../../../etc/passwd',
  'marks that change the direction': '\u202e\u2066abc',
  'many marks on one letter': `a${'\u0301'.repeat(2000)}`,
}

const anyNumbers = ['0', '-1', '0.5', '1e308']
const moreNumbers = ['-0', '1e-400', '101', '2147483648', '8640000000000001', '1e21', '-1e308']

/** Every value to try for a parameter; `ids` are those of things there are, of the caller and of others. */
export function hostileValues(schema: Schema, ids: readonly string[]): Hostile[] {
  if (schema.type === undefined && schema.anyOf) return wrongForAll(schema.anyOf, ids)
  const types = [schema.type ?? []].flat()
  const is = (...names: string[]) => names.some((name) => types.includes(name))
  const wrong = (what: string, json: string): Hostile => ({ what, json, isWrong: true })
  const text = (what: string, value: string) => ({
    what,
    json: JSON.stringify(value),
    isWrong: refusesText(schema, value),
  })
  const list = (what: string, items: readonly unknown[]) => ({
    what,
    json: JSON.stringify(items),
    isWrong: !is('array') || refusesList(schema, items),
  })
  const values: Hostile[] = [
    { what: 'null', json: 'null', isWrong: !is('null') },
    { what: 'true', json: 'true', isWrong: !is('boolean') },
    { what: 'an object', json: '{}', isWrong: !is('object') || schema.required !== undefined },
    { what: 'an object with odd names', json: '{"constructor":{},"":0,"toString":1}', isWrong: !is('object') },
    ...[...anyNumbers, ...(is('integer', 'number') ? moreNumbers : [])].map((json) => ({
      what: json,
      json,
      isWrong: refusesNumber(schema, Number(json)),
    })),
    // JSON.parse reads these as infinity.
    wrong('a number greater than any', '1e400'),
    wrong('a number less than any', '-1e400'),
    ...Object.entries({ ...anyTexts, ...(is('string') && moreTexts) }).map(([what, value]) => text(what, value)),
    ...[...ids, '0', 'zzzzzzzzzzzzzzzz', 'a'.repeat(64)].map((id) => text(`the id ${id}`, id)),
    wrong('NUL', '"a\\u0000b"'),
    wrong('half a pair', '"a\\ud800b"'),
    wrong('the other half', '"\\udfff"'),
    wrong('a new prototype', '{"__proto__":{"isAdministrator":true}}'),
    wrong('a new prototype in a list', '[{"__proto__":[]}]'),
    wrong('NUL in a name', '{"a\\u0000":1}'),
    wrong('lists in lists', '['.repeat(MANY) + ']'.repeat(MANY)),
    wrong('objects in objects', `${'{"a":'.repeat(MANY)}1${'}'.repeat(MANY)}`),
    list('an empty list', []),
    list('many numbers', Array(MANY).fill(0)),
    list(
      'many words',
      Array.from({ length: MANY }, (_, index) => `x${index}`),
    ),
    list('many of the same', Array(MANY).fill('x')),
    list('the same twice', ['x', 'x']),
    list('nothing in a list', [null]),
    list('a list in a list', [[]]),
    list('an id in a list', ids.slice(0, 1)),
  ]
  const { items, properties } = schema
  if (items) {
    for (const { what, json, isWrong } of hostileValues(items, ids)) {
      values.push({ what: `${what} in a list`, json: `[${json}]`, isWrong })
    }
  }
  if (properties) {
    const whole = validParams(schema, ids)
    // Of properties that are alike, one is enough.
    const different = new Map(Object.entries(properties).map((entry) => [JSON.stringify(entry[1]), entry]))
    for (const [name, property] of different.values()) {
      for (const { what, json, isWrong } of hostileValues(property, ids)) {
        values.push({ what: `${what} as ${name}`, json: withProperty(whole, name, json), isWrong })
      }
    }
  }
  return values
}

/** Where there is a choice, what is wrong is what is wrong for all of it. */
function wrongForAll(choice: readonly Schema[], ids: readonly string[]): Hostile[] {
  const [first = [], ...others] = choice.map((one) => hostileValues(one, ids))
  return first.map((value) => ({
    ...value,
    isWrong: value.isWrong && others.every((other) => other.find(({ what }) => what === value.what)?.isWrong ?? true),
  }))
}

/** An object as JSON with one property said by its JSON text. */
export function withProperty(whole: object, name: string, json: string): string {
  const rest = Object.entries(whole).filter(([key]) => key !== name)
  return `{${[...rest.map(([key, value]) => `"${key}":${JSON.stringify(value)}`), `"${name}":${json}`].join()}}`
}

/** What must be there at least, and could be right. */
export function validParams(schema: Schema, ids: readonly string[]): Record<string, unknown> {
  const names = [schema.required ?? [], schema.anyOf?.[0]?.required ?? [], schema.then?.required ?? []].flat()
  const valid = (one: Schema): unknown => {
    const types = [one.type ?? []].flat()
    if (types.includes('null') && !one.minLength) return null
    if (types.includes('array')) return Array.from({ length: one.minItems ?? 0 }, (_, index) => `${index}`)
    if (types.includes('integer')) return one.minimum ?? 1
    if (types.includes('boolean')) return false
    if (types.includes('object')) return validParams(one, ids)
    return one.enum?.[0] ?? (one.format === 'misskey:id' ? ids[0] : 'x')
  }
  return Object.fromEntries(names.map((name) => [name, valid(schema.properties?.[name] ?? {})]))
}

function refusesText(schema: Schema, value: string): boolean {
  if (![schema.type ?? []].flat().includes('string')) return true
  const { enum: words, minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, format } = schema
  const length = [...value].length
  if (length < minLength || length > maxLength || (words && !words.includes(value))) return true
  if (format === 'misskey:id' && !/^[a-zA-Z0-9]+$/.test(value)) return true
  return pattern !== undefined && !new RegExp(pattern).test(value)
}

function refusesNumber({ type, minimum = -Infinity, maximum = Infinity }: Schema, value: number): boolean {
  const types = [type ?? []].flat()
  const isKind = types.includes('number') || (types.includes('integer') && Number.isInteger(value))
  return !isKind || value < minimum || value > maximum
}

function refusesList(schema: Schema, items: readonly unknown[]): boolean {
  const { minItems = 0, maxItems = Infinity, uniqueItems } = schema
  if (items.length < minItems || items.length > maxItems) return true
  if (uniqueItems && new Set(items).size < items.length) return true
  return items.some((item) => refusesItem(schema.items ?? {}, item))
}

function refusesItem(schema: Schema, item: unknown): boolean {
  if (schema.type === undefined && schema.anyOf) return schema.anyOf.every((one) => refusesItem(one, item))
  if (Array.isArray(item)) return ![schema.type ?? []].flat().includes('array') || refusesList(schema, item)
  return typeof item !== 'string' || refusesText(schema, item)
}
