import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { pino } from 'pino'
import { readConfig } from '../../src/config/config.ts'
import { start } from '../../src/server.ts'
import { available } from '../require.ts'
import { type Answer, call, onEachDatabase, type TestServer } from '../server.ts'

/** Where to call: on PostgreSQL two servers on the same rows take turns, on SQLite there is one. */
async function serversOn(server: TestServer, settings: Record<string, string> = {}) {
  const { database, data } = server.ctx.config
  if (database === 'sqlite') return { origins: [server.origin], async [Symbol.asyncDispose]() {} }
  const given = { port: '0', data, database, 'rate-limits': 'off', ...settings }
  const second = await start(readConfig(given, {}), { log: pino({ level: 'silent' }) })
  return { origins: [server.origin, second.origin], [Symbol.asyncDispose]: () => second.stop() }
}

const atOnce = (origins: string[], path: string, params: (number: number) => unknown): Promise<Answer[]> =>
  Promise.all(Array.from({ length: 20 }, (_, n) => call(origins[n % origins.length]!, path, params(n), null)))

const succeeded = (answers: Answer[]): Answer[] => answers.filter(({ status }) => status === 200)

const people = async ({ ctx }: TestServer): Promise<number> =>
  (await ctx.db.selectFrom('user').select('id').execute()).length

onEachDatabase('Of twenty calls at once', (open) => {
  test('one gets the token of a MiAuth session', { timeout: 60_000 }, async () => {
    await using server = await open()
    await using servers = await serversOn(server)
    const session = randomUUID()
    const asked = { session, name: 'an app', permission: ['read:account'] }
    assert.equal((await server.call('miauth/gen-token', asked, server.alice)).status, 200)
    const answers = await atOnce(servers.origins, `miauth/${session}/check`, () => ({}))
    const got = answers.filter(({ body }) => body.ok)
    assert.equal(got.length, 1)
    for (const { status, body } of answers) {
      assert.equal(status, 200)
      if (!body.ok) assert.deepEqual(body, { ok: false })
    }
    const { token, user } = got[0]!.body
    assert.equal(user.id, server.alice.id)
    for (const origin of servers.origins) assert.equal((await call(origin, 'i', {}, token)).body.id, server.alice.id)
  })

  test('one person answers a MiAuth session', { timeout: 60_000 }, async () => {
    await using server = await open()
    await using servers = await serversOn(server)
    const asked = { session: randomUUID(), name: 'an app', permission: ['read:account'] }
    const { origins } = servers
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        call(origins[n % origins.length]!, 'miauth/gen-token', asked, n % 4 < 2 ? server.alice : server.bob),
      ),
    )
    assert.equal(succeeded(answers).length, 1)
    for (const { status, body } of answers) assert.ok(status === 200 || body.error.code === 'SESSION_USED')
  })

  test('one signs up with an invitation', { timeout: 60_000 }, async () => {
    await using server = await open({ settings: { registration: 'invite' } })
    await using servers = await serversOn(server, { registration: 'invite' })
    const { body: invitation } = await server.call('invite/create', {}, server.admin)
    assert.ok(invitation.code)
    const before = await people(server)
    const answers = await atOnce(servers.origins, 'signup', (n) => ({
      username: `guest${n}`,
      password: 'secret',
      invitationCode: invitation.code,
    }))
    assert.equal(succeeded(answers).length, 1)
    assert.equal(await people(server), before + 1)
    const refused = answers.filter(({ status }) => status !== 200)
    for (const { body } of refused) assert.equal(body.message, 'INVALID_INVITATION_CODE')
    // A name that was refused with the invitation can still be had.
    const another = await server.call('invite/create', {}, server.admin)
    const free = answers.findIndex(({ status }) => status !== 200)
    const again = { username: `guest${free}`, password: 'secret', invitationCode: another.body.code }
    assert.equal((await server.call('signup', again)).status, 200)
  })

  test('one signs up with a name, whatever its case', { timeout: 60_000 }, async () => {
    await using server = await open({ settings: { registration: 'open' } })
    await using servers = await serversOn(server, { registration: 'open' })
    const before = await people(server)
    const answers = await atOnce(servers.origins, 'signup', (n) => ({
      username: n % 3 === 0 ? 'Wanted' : 'wanted',
      password: 'secret',
    }))
    assert.equal(succeeded(answers).length, 1)
    assert.equal(await people(server), before + 1)
  })

  test('one makes the first account', { timeout: 60_000 }, async () => {
    await using server = await open({ empty: true })
    await using servers = await serversOn(server)
    const { origins } = servers
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const path = n % 4 < 2 ? 'signup' : 'admin/accounts/create'
        return call(origins[n % origins.length]!, path, { username: `first${n}`, password: 'secret' }, null)
      }),
    )
    assert.equal(succeeded(answers).length, 1)
    assert.equal(await people(server), 1)
    const [{ body: first }] = succeeded(answers) as [Answer]
    const { body: me } = await server.call('i', {}, first.token)
    assert.equal(me.isAdmin, true)
  })
})

onEachDatabase('Revoking a token', (open) => {
  test('acts at once, and as soon on every server of the same bus', { timeout: 60_000 }, async () => {
    const redis = available('redis')
    const settings = redis ? { bus: `${redis}?prefix=${randomUUID()}` } : undefined
    await using server = await open({ ...(settings && { settings }) })
    await using servers = settings
      ? await serversOn(server, settings)
      : { origins: [server.origin], async [Symbol.asyncDispose]() {} }
    const asked = { session: null, name: 'an app', permission: ['read:account'] }
    const { token } = (await server.call('miauth/gen-token', asked, server.alice)).body
    // Known to every server beforehand, should one remember it.
    for (const origin of servers.origins) assert.equal((await call(origin, 'i', {}, token)).status, 200)
    const revoked = await server.call('i/revoke-token', { token }, server.alice)
    assert.ok(revoked.status < 300, `${revoked.status}`)
    assert.equal((await server.call('i', {}, token)).body.error?.code, 'AUTHENTICATION_FAILED')
    for (const origin of servers.origins) {
      // The word travels for some milliseconds; without it, the token would be good for five seconds.
      const end = Date.now() + 2000
      let answer = await call(origin, 'i', {}, token)
      while (answer.status === 200 && Date.now() < end) answer = await call(origin, 'i', {}, token)
      assert.equal(answer.body.error?.code, 'AUTHENTICATION_FAILED')
    }
  })

  test('is of no use to others', async () => {
    await using server = await open()
    const asked = { session: null, name: 'an app', permission: ['read:account'] }
    const { token } = (await server.call('miauth/gen-token', asked, server.alice)).body
    await server.call('i/revoke-token', { token }, server.bob)
    assert.equal((await server.call('i', {}, token)).status, 200)
  })
})
