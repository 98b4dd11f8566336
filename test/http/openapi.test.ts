import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { validate } from '@scalar/openapi-validator'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { chromium } from 'playwright-core'
import { endpointsByPath } from '../../src/api/index.ts'
import { openapiDocument } from '../../src/http/openapi.ts'
import { quietArguments } from '../browser.ts'
import { available, missing } from '../require.ts'
import { call, type TestServer, testServer } from '../server.ts'

interface Operation {
  operationId: string
  tags: string[]
  summary: string
  description: string
  security: Record<string, string[]>[]
  parameters?: { name: string; in: string; schema: object }[]
  requestBody?: { content: Record<string, { schema: object; example?: unknown }> }
  responses: Record<string, { content?: Record<string, { schema: object; examples?: Record<string, Example> }> }>
}
interface Example {
  value: { error: { code: string; id: string; message: string; kind: string } }
}
interface Document {
  paths: Record<string, Partial<Record<'get' | 'post', Operation>>>
  components: { schemas: Record<string, object> }
  tags: { name: string }[]
}

const info = { title: 'Village', version: '1.2.3', origin: 'https://mamekey.example' }
const document = JSON.parse(JSON.stringify(openapiDocument(endpointsByPath, info))) as Document
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
)
const operationOf = (path: string, method: 'get' | 'post' = 'post') => document.paths[path]![method]!

/** Compiles a schema of the document with its references. */
function createCompiler(): (schema: object) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, formats: { uri: true, date: true, 'date-time': true, uuid: true } })
  ajv.addSchema({ $id: 'doc', components: document.components })
  return (schema) => ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"doc#/components/')))
}

/** Every object in the document, with where it is. */
function* objectsIn(value: unknown, at = '#'): Generator<[string, Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield [at, value as Record<string, unknown>]
  for (const [key, inner] of Object.entries(value)) yield* objectsIn(inner, `${at}/${key}`)
}

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1', () => {
    const { valid, errors } = validate(document, { checkPathParameters: true })
    assert.deepEqual(errors ?? [], [])
    assert.ok(valid)
  })

  test('has only valid JSON schemas, whose references lead somewhere', () => {
    const compile = createCompiler()
    for (const schema of Object.values(document.components.schemas)) compile(schema)
    for (const { operation } of operations) {
      for (const { schema } of operation.parameters ?? []) compile(schema)
      const bodies = [operation.requestBody, ...Object.values(operation.responses)]
      for (const body of bodies) for (const { schema } of Object.values(body?.content ?? {})) compile(schema)
    }
  })

  test('holds nothing only this server understands', () => {
    const known = new Set(['date', 'date-time', 'uri', 'uuid'])
    for (const [at, { $id, $ref, format }] of objectsIn(document)) {
      assert.equal($id, undefined, at)
      if (typeof $ref === 'string') assert.match($ref, /^#\/components\/schemas\/\w+$/, at)
      if (typeof format === 'string') assert.ok(known.has(format), `${at}: ${format}`)
    }
  })

  test('has every endpoint, by GET where that is allowed, and no other but the entrance', () => {
    const entrance = ['/signup', '/signin-flow', '/miauth/{session}/check']
    const wanted = [...endpointsByPath.keys()].map((path) => `/${path}`)
    assert.deepEqual(Object.keys(document.paths).sort(), [...entrance, ...wanted].sort())
    for (const [path, endpoint] of endpointsByPath) {
      const item = document.paths[`/${path}`]!
      assert.deepEqual(Object.keys(item), endpoint.get ? ['post', 'get'] : ['post'])
      assert.equal(item.post!.summary, endpoint.about)
      assert.equal(item.post!.operationId, path.replaceAll('/', '-'))
    }
  })

  test('gives every operation an id of its own and a tag that is listed', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    assert.equal(new Set(ids).size, ids.length)
    const tags = new Set(document.tags.map(({ name }) => name))
    for (const { operation } of operations) assert.ok(operation.tags.every((tag) => tags.has(tag)))
    assert.deepEqual(operationOf('/notes/create').tags, ['notes'])
    assert.deepEqual(operationOf('/i').tags, operationOf('/i/apps').tags)
    assert.deepEqual(operationOf('/ping').tags, ['server'])
  })

  test('says who may call: person, permission, limit', () => {
    const create = operationOf('/notes/create')
    assert.deepEqual(create.security, [{ token: ['write:notes'] }])
    assert.equal(
      create.description,
      'For anyone signed in. An access token needs the permission `write:notes`. ' +
        'Refused to accounts that have moved away. At most 300 calls in 1 hour.',
    )
    assert.deepEqual(operationOf('/ping').security, [{}, { token: [] }])
    assert.match(operationOf('/admin/invite/create').description, /^For moderators\./)
  })

  test('lists errors by status: the endpoint’s own and those of the gate it can meet', () => {
    const namesAt = (path: string, status: number) =>
      Object.keys(operationOf(path).responses[status]?.content?.['application/json']?.examples ?? {})
    assert.deepEqual(namesAt('/notes/create', 401), ['authenticationFailed', 'credentialRequired'])
    assert.deepEqual(namesAt('/notes/create', 403), ['accountSuspended', 'accountMoved', 'permissionDenied'])
    assert.deepEqual(namesAt('/notes/create', 429), ['rateLimitExceeded'])
    assert.ok(namesAt('/notes/create', 400).includes('noSuchReplyTarget'))
    assert.ok(namesAt('/notes/create', 400).includes('invalidParam'))
    assert.deepEqual(namesAt('/users/show', 404), ['noSuchUser'])
    assert.deepEqual(namesAt('/ping', 401), ['authenticationFailed'])
    assert.deepEqual(Object.keys(operationOf('/ping').responses), ['200', '400', '401', '500'])
  })

  test('has examples that would be accepted', () => {
    const compile = createCompiler()
    for (const { path, operation } of operations) {
      const { schema, example } = operation.requestBody?.content['application/json'] ?? {}
      if (!schema || example === undefined) continue
      const check = compile(schema)
      assert.ok(check(example), `${path}: ${JSON.stringify(example)} ${JSON.stringify(check.errors)}`)
    }
    assert.deepEqual(operationOf('/notes/create').requestBody!.content['application/json']!.example, { text: 'Hello' })
  })

  test('asks in the query for what GET takes', () => {
    const [detail] = operationOf('/meta', 'get').parameters!
    assert.deepEqual([detail!.name, detail!.in], ['detail', 'query'])
    assert.equal(operationOf('/meta', 'get').requestBody, undefined)
  })
})

describe('what the server answers is as documented', () => {
  let server: TestServer
  before(async () => {
    server = await testServer('sqlite', { settings: { registration: 'open' } })
  })
  after(() => server[Symbol.asyncDispose]())

  const check = (path: string, status: number, body: unknown) => {
    const { schema } = operationOf(path).responses[status]!.content!['application/json']!
    const matches = createCompiler()(schema)
    assert.ok(matches(body), `${path} ${status}: ${JSON.stringify(matches.errors)}\n${JSON.stringify(body)}`)
  }

  test('answers and errors of endpoints', async () => {
    const calls: [path: string, params: object, as: TestServer['alice'] | string | null][] = [
      ['notes/create', { text: 'Hello' }, server.alice],
      ['notes/create', {}, server.alice],
      ['notes/create', { text: 'Hello' }, null],
      ['notes/create', { text: 'Hello' }, 'no such token'],
      ['notes/create', { renoteId: 'a1b2c3' }, server.alice],
      ['users/show', { username: 'nobody_here' }, null],
      ['users/show', { username: 'bob' }, server.alice],
      ['i', {}, server.alice],
      ['meta', {}, null],
      ['admin/invite/create', {}, server.alice],
    ]
    for (const [path, params, as] of calls) {
      const { status, body } = await server.call(path, params, as)
      check(`/${path}`, status, body)
      if (status < 400) continue
      const { examples } = operationOf(`/${path}`).responses[status]!.content!['application/json']!
      const example = Object.values(examples!).find(({ value }) => value.error.id === body.error.id)
      assert.equal(example?.value.error.code, body.error.code, `${path} ${status}`)
      assert.equal(example?.value.error.kind, body.error.kind, `${path} ${status}`)
    }
  })

  test('the entrance', async () => {
    const account = { username: 'dora', password: 'correct horse' }
    for (const [path, params, status] of [
      ['signup', account, 200],
      ['signup', account, 400],
      ['signin-flow', { username: 'dora' }, 200],
      ['signin-flow', account, 200],
      ['signin-flow', { ...account, password: 'wrong' }, 403],
    ] as const) {
      const answer = await call(server.origin, path, params, null)
      assert.equal(answer.status, status, `${path}: ${JSON.stringify(answer.body)}`)
      check(`/${path}`, status, answer.body)
    }
    const { body } = await call(server.origin, 'miauth/never-seen/check', {}, null)
    check('/miauth/{session}/check', 200, body)
  })

  test('api.json is the document of this server, for tools of any site', async () => {
    const response = await fetch(`${server.origin}/api.json`)
    assert.equal(response.headers.get('access-control-allow-origin'), '*')
    assert.equal(response.headers.get('content-encoding'), 'gzip')
    const served = (await response.json()) as Document & { servers: unknown }
    assert.deepEqual(served.servers, [{ url: `${server.origin}/api` }])
    assert.deepEqual(served.paths, document.paths)
    const plain = await fetch(`${server.origin}/api.json`, { headers: { 'accept-encoding': 'br, gzip;q=0' } })
    assert.equal(plain.headers.get('content-encoding'), null)
    assert.deepEqual(await plain.json(), served)
  })
})

test('the reference page may load from its own server only', async () => {
  await using server = await testServer()
  const response = await fetch(`${server.origin}/api-doc`)
  const policy = response.headers.get('content-security-policy')!
  assert.match(policy, /^default-src 'none'; script-src 'self';/)
  assert.doesNotMatch(policy, /https?:|\*|unsafe-eval/)
  const page = await response.text()
  for (const [, address = ''] of page.matchAll(/(?:src|href|data-url)="([^"]+)"/g)) {
    if (address.startsWith('data:')) continue
    assert.match(address, /^\/(?!\/)/)
    const part = await fetch(server.origin + address)
    assert.equal(part.status, 200, address)
    assert.equal(part.headers.get('x-content-type-options'), 'nosniff')
  }
})

test('in a browser the reference shows the API and calls it, asking no other host', {
  skip: missing('browser'),
}, async () => {
  await using server = await testServer()
  const browser = await chromium.launch({ executablePath: available('browser')!, args: quietArguments })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    const foreign: string[] = []
    const complaints: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(`${server.origin}/`) && !/^(data|blob):/.test(request.url()))
        foreign.push(request.url())
    })
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))

    await page.goto(`${server.origin}/api-doc#tag/server/POST/ping`)
    await page.getByRole('button', { name: /test request.*\/ping/i }).click()
    const answered = page.waitForResponse(`${server.origin}/api/ping`)
    await page.getByRole('button', { name: /^send/i }).first().click()
    const answer = await answered
    assert.equal(answer.status(), 200)
    assert.equal(typeof (await answer.json()).pong, 'number')
    await page.getByText('200 OK').first().waitFor()
    assert.deepEqual(foreign, [])
    assert.deepEqual(complaints, [])
  } finally {
    await browser.close()
  }
})
