import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer } from '../server.ts'

/** Reads a fixture: facts about the API, written down apart from the code under test. */
export const fixture = <T>(name: string): T =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/answers', `${name}.json`), 'utf8')) as T

/** Errors clients know, by endpoint and code. */
export const knownErrors = fixture<Record<string, Record<string, [id: string, status: number]>>>('errors')

/** The keys each entity has, by name; a key with a question mark is there sometimes. */
const shapes = fixture<Record<string, string>>('shapes')

/** Refuses an answer that is not this error of the endpoint. */
export function assertError(answer: Answer, path: string, code: string): void {
  const error = answer.body?.error
  const [id, status] = knownErrors[path]?.[code] ?? []
  assert.ok(id, `${path} ${code} is in the fixture`)
  assert.deepEqual([answer.status, error?.code, error?.id], [status, code, id], JSON.stringify(answer.body))
}

/** Refuses an answer that does not name this place of the parameters. */
export function assertInvalid(answer: Answer, param: string): void {
  const error = answer.body?.error
  assert.deepEqual([answer.status, error?.code, error?.info?.param], [400, 'INVALID_PARAM', param])
  assert.equal(error.id, '3d81ceae-475f-4600-b2a8-2bc116157532')
}

/** Refuses anything but 200 and gives the body. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
export function bodyOf(answer: Answer): any {
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}

/** Refuses anything but 204 without a body. */
export function assertEmpty(answer: Answer): void {
  assert.deepEqual([answer.status, answer.body], [204, ''])
}

/** Compares the keys of an object with a named shape; `and` names further shapes whose keys come with it. */
export function assertShape(value: object, name: string, ...and: string[]): void {
  const keys = [name, ...and].flatMap((one) => {
    const shape = shapes[one]
    assert.ok(shape, `the shape ${one} is in the fixture`)
    return shape.split(' ')
  })
  const always = keys.filter((key) => !key.endsWith('?'))
  const allowed = new Set(keys.map((key) => key.replace('?', '')))
  const found = Object.keys(value)
  const missing = always.filter((key) => !found.includes(key))
  const extra = found.filter((key) => !allowed.has(key))
  assert.deepEqual({ missing, extra }, { missing: [], extra: [] }, `keys of ${[name, ...and].join(' with ')}`)
}

/** Compares some properties of an object; those whose expected value is "absent" must not be there. */
export function assertHas(value: Record<string, unknown>, expected: Record<string, unknown>): void {
  const picked = Object.fromEntries(Object.keys(expected).map((key) => [key, key in value ? value[key] : 'absent']))
  assert.deepEqual(picked, expected)
}
