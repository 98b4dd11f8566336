import assert from 'node:assert/strict'
import { test } from 'node:test'
import Type from 'typebox'
import { Refused } from '../../src/http/error.ts'
import { createValidator } from '../../src/http/validate.ts'

const validate = createValidator()

/** The message and the place an invalid value is refused with. */
function refusalOf(schema: Type.TSchema, params: unknown): [message: string, param: unknown] {
  try {
    validate(schema, params)
  } catch (thrown) {
    assert.ok(thrown instanceof Refused)
    return [thrown.error.message, thrown.error.info?.['param']]
  }
  return ['', undefined]
}

test('an invalid parameter is told by its name, with what is wrong about it', () => {
  const schema = Type.Object({
    limit: Type.Optional(Type.Integer({ maximum: 100 })),
    sort: Type.Optional(Type.Unsafe<string>({ type: ['string', 'null'], enum: ['asc', 'desc', null] })),
    poll: Type.Optional(Type.Object({ choices: Type.Array(Type.String()) })),
  })
  assert.deepEqual(refusalOf(schema, { limit: 101 }), [
    'Invalid parameters: limit must be <= 100.',
    '#/properties/limit/maximum',
  ])
  assert.deepEqual(refusalOf(schema, { sort: 'up' }), [
    'Invalid parameters: sort must be one of "asc", "desc", null.',
    '#/properties/sort/enum',
  ])
  assert.deepEqual(refusalOf(schema, { poll: { choices: ['a', 1] } }), [
    'Invalid parameters: poll.choices.1 must be string.',
    '#/properties/poll/properties/choices/items/type',
  ])
  assert.deepEqual(refusalOf(schema, { limit: 1, other: 2 }), ['', undefined])
})

test('of parameters that stand in for one another all are told', () => {
  const schema = Type.Unsafe({ type: 'object', anyOf: [{ required: ['userId'] }, { required: ['username'] }] })
  assert.deepEqual(refusalOf(schema, {}), [
    "Invalid parameters: must have one of the properties 'userId', 'username'.",
    '#/anyOf/0/required',
  ])
})

test('a number that is none is refused: JSON.parse reads 1e400 as infinity', () => {
  for (const type of [Type.Integer(), Type.Number()]) {
    for (const n of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]) {
      assert.notEqual(refusalOf(Type.Object({ n: type }), { n })[0], '')
    }
  }
})
