import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endpointsByPath } from '../../src/api/index.ts'
import { components } from '../../src/views/schema/components.ts'
import { lists } from './lists.ts'
import { elsewhere, ways } from './ways.ts'

const schemas: ReadonlyMap<unknown, object> = new Map(components.map((schema) => [Reflect.get(schema, '$id'), schema]))

/** Whether what fits a schema has a note in it, however deep. */
function holdsNotes(schema: object, seen: Set<string> = new Set()): boolean {
  const names = [...JSON.stringify(schema).matchAll(/"\$ref":"([^"#]+)#?"/g)].map(([, name]) => name!)
  if (names.includes('Note')) return true
  return names.some((name) => {
    const next = schemas.get(name)
    return next !== undefined && !seen.has(name) && holdsNotes(next, seen.add(name))
  })
}

test('every endpoint that answers with notes is held against the table, in lists or elsewhere', () => {
  const answering = [...endpointsByPath].filter(([, { res }]) => res && holdsNotes(res)).map(([path]) => path)
  const walked = [...new Set([...ways.keys()].map((name) => name.split(' ')[0]))]
  assert.deepEqual(Object.keys(lists).sort(), [...ways.keys()].sort())
  assert.deepEqual(
    [...walked, ...elsewhere].filter((path) => !answering.includes(path!)),
    [],
    'what is held against the table answers with notes',
  )
  const known = new Set([...walked, ...elsewhere])
  assert.deepEqual(
    answering.filter((path) => !known.has(path)),
    [],
    'a new endpoint that answers with notes belongs into ways.json and lists.ts, or there into elsewhere',
  )
})
