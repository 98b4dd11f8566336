import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTaggedCache } from '../../src/lib/tagged-cache.ts'

const LATER = 1000

test('what is kept is found until its time is over', () => {
  const cache = createTaggedCache<string>(10)
  cache.set('a', 'one', { tags: ['x'], until: 100 })
  assert.equal(cache.get('a', 99), 'one')
  assert.equal(cache.get('a', 100), undefined)
  assert.equal(cache.size, 0)
  assert.equal(cache.get('b', 0), undefined)
})

test('a tag takes along all that has it, and nothing else', () => {
  const cache = createTaggedCache<string>(10)
  cache.set('a', 'one', { tags: ['x', 'y'], until: LATER })
  cache.set('b', 'two', { tags: ['x'], until: LATER })
  cache.set('c', 'three', { tags: ['y'], until: LATER })
  cache.drop('x')
  assert.deepEqual(
    ['a', 'b', 'c'].map((key) => cache.get(key, 0)),
    [undefined, undefined, 'three'],
  )
  cache.drop('nothing')
  cache.clear()
  assert.equal(cache.size, 0)
})

test('a key that is set again has its new tags alone', () => {
  const cache = createTaggedCache<string>(10)
  cache.set('a', 'one', { tags: ['x'], until: LATER })
  cache.set('a', 'two', { tags: ['y'], until: LATER })
  cache.drop('x')
  assert.equal(cache.get('a', 0), 'two')
  cache.drop('y')
  assert.equal(cache.get('a', 0), undefined)
})

test('when it is full, what was used longest ago goes', () => {
  const cache = createTaggedCache<number>(3)
  for (const key of ['a', 'b', 'c']) cache.set(key, 1, { tags: [], until: LATER })
  cache.get('a', 0)
  cache.set('d', 1, { tags: [], until: LATER })
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].map((key) => cache.get(key, 0)),
    [1, undefined, 1, 1],
  )
  for (let round = 0; round < 100; round++) cache.set(`${round}`, round, { tags: [`${round}`], until: LATER })
  assert.equal(cache.size, 3)
})
