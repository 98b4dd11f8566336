import assert from 'node:assert/strict'
import type { Agent } from 'node:http'
import { type TestContext, test } from 'node:test'
import type { Endpoint } from '../../src/api/endpoint.ts'
import { endpoints } from '../../src/api/index.ts'
import { checkAnswer } from '../schema.ts'
import { onEachDatabase, type TestServer } from '../server.ts'
import { type HostileBody, hostileBodies, hostileQueries } from './hostile-bodies.ts'
import { hostileValues, type Schema, validParams, withProperty } from './hostile-values.ts'
import { connections, type Received, send } from './send.ts'

const records: readonly Endpoint[] = endpoints
const json = { 'content-type': 'application/json' }
/** No answer may take longer, in milliseconds. */
const SLOWEST = 1000
const AT_ONCE = 4

/** One request, and what its answer must be beside well-behaved. */
interface Attempt {
  what: string
  path: string
  sent: Parameters<typeof send>[3]
  check?(received: Received): void
}

/** Fails unless the answer is a success or a refusal that says what it is, soon. */
function assertWellBehaved({ path, check }: Attempt, received: Received): void {
  const { status, body, text, milliseconds } = received
  assert.ok(milliseconds < SLOWEST, `took ${Math.round(milliseconds)} ms`)
  assert.ok(
    (status >= 200 && status < 300) || (status >= 400 && status < 500),
    `answered ${status} ${text.slice(0, 200)}`,
  )
  if (status >= 400 && status !== 405) {
    assert.match(body?.error?.code ?? '', /^[A-Z]+(_[A-Z]+)*$/, `has a code: ${status} ${text.slice(0, 200)}`)
    assert.ok(body.error.message.length > 0 && body.error.message.length < 1000, 'has words')
    if (body.statusCode === undefined) assert.match(body.error.id, /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/)
    else assert.deepEqual([body.statusCode, body.message], [status, body.error.code], 'has the form of the entrance')
  }
  if (status === 200) checkAnswer(path, status, body)
  check?.(received)
}

/** Sends them all, a few at once, and tells of all that were answered wrongly. */
async function sendAll(t: TestContext, server: TestServer, agent: Agent, attempts: readonly Attempt[]): Promise<void> {
  const wrong: string[] = []
  let slowest = { milliseconds: 0, what: '' }
  const left = attempts.values()
  const work = async () => {
    for (const attempt of left) {
      const what = `${attempt.path} with ${attempt.what}`
      try {
        const received = await send(agent, server.origin, `/api/${attempt.path}`, attempt.sent)
        if (received.milliseconds > slowest.milliseconds) slowest = { milliseconds: received.milliseconds, what }
        assertWellBehaved(attempt, received)
      } catch (error) {
        wrong.push(`${what}: ${(error as Error).message}`)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  t.diagnostic(`${attempts.length} requests; the slowest took ${Math.round(slowest.milliseconds)} ms: ${slowest.what}`)
  assert.deepEqual(wrong, [])
}

/** Fails when something went wrong that no answer told of, or the server is no longer there. */
async function assertUnharmed(server: TestServer, agent: Agent): Promise<void> {
  const errors = server
    .logged()
    .split('\n')
    .filter((line) => line !== '' && JSON.parse(line).level >= 50)
  assert.deepEqual(errors, [])
  const { status } = await send(agent, server.origin, '/api/i', {
    headers: { ...json, authorization: `Bearer ${server.alice.token}` },
    body: '{}',
  })
  assert.equal(status, 200)
  assert.equal((Object.prototype as { isAdministrator?: unknown }).isAdministrator, undefined)
}

const errorOf = ({ body }: Received) => body?.error ?? {}

/** Whatever is wrong is a wrong parameter, and which one is told to programs and to people. */
function assertNames(received: Received, name: string): void {
  const { code, info, message } = errorOf(received)
  assert.deepEqual([received.status, code], [400, 'INVALID_PARAM'], received.text.slice(0, 200))
  assert.match(info.param, new RegExp(`\\b${name}\\b`))
  assert.match(message, new RegExp(`\\b${name}\\b`))
}

function assertAnswer(received: Received, { status, code, param }: NonNullable<HostileBody['answer']>): void {
  const { code: told, info } = errorOf(received)
  assert.deepEqual([received.status, told, info?.param], [status, code, param], received.text.slice(0, 200))
}

/** Each caller may do what they try: what is wrong is only what they send. */
const callerOf = ({ admin, alice }: TestServer, { path, auth, policy }: Endpoint) =>
  auth === 'moderator' || auth === 'admin' || policy || path.startsWith('admin/') ? admin : alice

onEachDatabase('input that is meant to hurt', (open) => {
  test('as a parameter of an endpoint is named, and breaks nothing', async (t) => {
    await using server = await open({ settings: { 'allow-reset': 'off' } })
    using agent = connections()
    const note = await server.call('notes/create', { text: 'for others', visibility: 'specified' }, server.bob)
    const ids = [server.bob.id, server.alice.id, note.body.createdNote.id]
    const attempts: Attempt[] = records.flatMap((record) => {
      const schema = record.params as Schema
      const headers = { ...json, authorization: `Bearer ${callerOf(server, record).token}` }
      const valid = validParams(schema, ids)
      const post = (what: string, body: string, check?: Attempt['check']): Attempt => ({
        what,
        path: record.path,
        sent: { headers, body },
        ...(check && { check }),
      })
      const values = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
        hostileValues(property, ids).map(({ what, json, isWrong }) =>
          post(`${what} as ${name}`, withProperty(valid, name, json), (received) => {
            if (isWrong) assertNames(received, name)
          }),
        ),
      )
      const missing = Object.keys(valid).map((name) => {
        const { [name]: _, ...rest } = valid
        return post(`no ${name}`, JSON.stringify(rest), (received) => {
          assert.equal(errorOf(received).code, 'INVALID_PARAM')
          assert.match(errorOf(received).info.param, /\/required$/)
          assert.match(errorOf(received).message, new RegExp(`'${name}'`))
        })
      })
      const right = post('what could be right', JSON.stringify(valid), (received) =>
        assert.notEqual(errorOf(received).code, 'INVALID_PARAM', received.text),
      )
      return [right, ...missing, ...values]
    })
    await sendAll(t, server, agent, attempts)
    await assertUnharmed(server, agent)
  })

  test('as a whole request is answered with what is wrong, and breaks nothing', async (t) => {
    await using server = await open({ settings: { 'allow-reset': 'off' } })
    using agent = connections()
    const attempts: Attempt[] = records.flatMap((record) => {
      const { path, get } = record
      const authorization = `Bearer ${callerOf(server, record).token}`
      const bodies = hostileBodies(validParams(record.params as Schema, [server.bob.id])).map(
        ({ what, headers, body, answer }): Attempt => ({
          what,
          path,
          sent: { headers: { ...headers, authorization }, ...(body !== undefined && { body }) },
          check(received) {
            // Where forms are taken, an empty one is not wrong as a whole.
            const isTaken = record.upload && what.startsWith('a form with')
            if (answer && !isTaken) assertAnswer(received, answer)
          },
        }),
      )
      const names = Object.keys((record.params as Schema).properties ?? {})
      const queries = get ? [...hostileQueries, ...names.flatMap(queriesFor)] : []
      return [...bodies, ...queries.map((query): Attempt => queryOf(path, query))]
    })
    await sendAll(t, server, agent, attempts)
    await assertUnharmed(server, agent)
  })

  test('at the entrance is answered in its form, and breaks nothing', async (t) => {
    await using server = await open({ settings: { registration: 'invite' } })
    using agent = connections()
    const valid = { username: 'somebody', password: 'x', invitationCode: 'XXXXXXXX' }
    const attempts: Attempt[] = ['signup', 'signin-flow'].flatMap((path) => {
      const names = path === 'signup' ? ['username', 'password', 'invitationCode'] : ['username', 'password']
      const fields = names.flatMap((name) =>
        hostileValues({ type: 'string' }, []).map(
          ({ what, json: value, isWrong }): Attempt => ({
            what: `${what} as ${name}`,
            path,
            sent: { headers: json, body: withProperty(valid, name, value) },
            check({ status, body }) {
              if (!isWrong || (path === 'signin-flow' && value === 'null')) return
              assert.equal(status, 400)
              assert.match(body.error.message, new RegExp(`\\b${name}\\b`, 'i'))
            },
          }),
        ),
      )
      return [...fields, ...hostileBodies(valid).map(({ what, ...sent }): Attempt => ({ what, path, sent }))]
    })
    const sessions = [
      '%00',
      '%2e%2e',
      '..%2f..',
      'a'.repeat(129),
      'a'.repeat(5000),
      '%ED%A0%80',
      '%zz',
      "'",
      '%22',
      '%F0%9F%90%9F',
    ]
    for (const session of sessions) {
      for (const { what, ...sent } of hostileBodies({}).filter(({ body }) => (body?.length ?? 0) < 1000)) {
        attempts.push({ what, path: `miauth/${session}/check`, sent })
      }
    }
    await sendAll(t, server, agent, attempts)
    await assertUnharmed(server, agent)
  })
})

const queriesFor = (name: string): string[] =>
  [
    '=',
    '',
    '=1e400',
    '=NaN',
    '=null',
    '={}',
    '=%00',
    '=true&$=false',
    '[$]=1',
    '[]=true',
    '=%5B'.padEnd(5000, '['),
  ].map((rest) => `${name}${rest.replace('$', name)}`)

const queryOf = (path: string, query: string): Attempt => ({
  what: `the query ${query.slice(0, 40)}`,
  path: `${path}?${query}`,
  sent: { method: 'GET' },
})
