import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { SECOND } from '../../src/lib/time.ts'
import { until } from '../jobs/waiting.ts'
import { certificate, testNetwork } from '../lib/egress-network.ts'
import { newReceiver } from '../lib/push-receiver.ts'
import { onEachDatabase, type TestServer } from '../server.ts'
import { assertEmpty, assertError, assertHas, bodyOf } from './expect.ts'
import { post, toldTo } from './notices.ts'

const ENDPOINT = 'https://pinned.example/push/one'

interface Sent {
  headers: IncomingMessage['headers']
  body: Buffer
}

/** A push service at an address of its own, which answers with the next of these statuses, the last one for ever. */
async function pushService(statuses: number[] = [201], address = '8.8.8.8') {
  const sent: Sent[] = []
  const network = await testNetwork({ ca: certificate })
  network.name('pinned.example', [address])
  await network.serveTls(address, (request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      sent.push({ headers: request.headers, body: Buffer.concat(parts) })
      response.writeHead(statuses.length > 1 ? statuses.shift()! : statuses[0]!).end()
    })
  })
  return { network, sent }
}

const jobsOf = ({ ctx }: TestServer) => ctx.db.selectFrom('job').selectAll().where('kind', '=', 'push').execute()
const subscriptionsIn = ({ ctx }: TestServer) => ctx.db.selectFrom('pushSubscription').selectAll().execute()
const none = ({ length }: { length: number }) => length === 0

onEachDatabase('web push', (open) => {
  test('is registered, shown, changed and ended', async () => {
    await using server = await open()
    const { alice, bob } = server
    const { swPublickey, enableServiceWorker, features } = bodyOf(await server.call('meta'))
    assert.equal(Buffer.from(swPublickey, 'base64url').length, 65)
    assert.deepEqual([enableServiceWorker, features.serviceWorker], [true, true])
    const keys = { auth: 'a', publickey: 'p' }
    const registration = { userId: alice.id, endpoint: ENDPOINT, sendReadMessage: false }
    const register = (more: object, as = alice) =>
      server.call('sw/register', { endpoint: ENDPOINT, ...keys, ...more }, as)
    assert.deepEqual(bodyOf(await register({})), { state: 'subscribed', key: swPublickey, ...registration })
    const again = { state: 'already-subscribed', key: swPublickey, ...registration }
    assert.deepEqual(bodyOf(await register({ sendReadMessage: true })), again)
    assertHas(bodyOf(await register({ auth: 'other' })), { state: 'subscribed' })
    assertHas(bodyOf(await register({}, bob)), { state: 'subscribed', userId: bob.id })

    const show = (endpoint: string) => server.call('sw/show-registration', { endpoint }, alice)
    assert.deepEqual(bodyOf(await show(ENDPOINT)), registration)
    assertEmpty(await show('https://pinned.example/none'))
    const update = (params: object) => server.call('sw/update-registration', { endpoint: ENDPOINT, ...params }, alice)
    assertHas(bodyOf(await update({ sendReadMessage: true })), { sendReadMessage: true })
    assertHas(bodyOf(await update({})), { sendReadMessage: true })
    const unknown = await update({ endpoint: 'https://pinned.example/none' })
    assertError(unknown, 'sw/update-registration', 'NO_SUCH_REGISTRATION')

    assertEmpty(await server.call('sw/unregister', { endpoint: ENDPOINT }, alice))
    assert.deepEqual(
      (await subscriptionsIn(server)).map(({ userId }) => userId),
      [bob.id],
    )
    assertEmpty(await server.call('sw/unregister', { endpoint: ENDPOINT }))
    assert.deepEqual(await subscriptionsIn(server), [])
    assertEmpty(await server.call('sw/unregister', { endpoint: ENDPOINT }))
  })

  test('brings a notification to the browser, which alone can read it', async () => {
    const { network, sent } = await pushService()
    await using _ = network
    await using server = await open({ egress: network.egress })
    const { alice, bob } = server
    const { keys, decrypt } = newReceiver()
    bodyOf(await server.call('sw/register', { endpoint: ENDPOINT, ...keys, sendReadMessage: true }, alice))
    const started = Date.now()
    await post(server, { text: '@alice hello', cw: 'careful' }, bob)
    const [expected] = await toldTo(server, alice)
    await until(
      () => sent,
      ({ length }) => length === 1,
    )
    assert.ok(Date.now() - started >= SECOND, 'it waits whether somebody reads it')
    const [{ headers, body }] = sent as [Sent]
    assertHas(headers, { 'content-encoding': 'aes128gcm', ttl: '86400' })
    assert.match(headers.authorization ?? '', /^vapid t=[\w-]+\.[\w-]+\.[\w-]+, k=/)
    const { swPublickey } = bodyOf(await server.call('meta'))
    assert.ok(headers.authorization?.endsWith(`k=${swPublickey}`))
    const message = JSON.parse(decrypt(body))
    assertHas(message, { type: 'notification', userId: alice.id })
    assert.ok(message.dateTime >= started)
    const { note, ...rest } = expected
    const { note: short, ...sentRest } = message.body
    assert.deepEqual(sentRest, rest)
    assertHas(short, { id: note.id, text: 'careful', cw: 'absent', user: 'absent' })

    // Read on another device: the browser is told, once there was something to read.
    await toldTo(server, alice, { markAsRead: true })
    await until(
      () => sent,
      ({ length }) => length === 2,
    )
    assertHas(JSON.parse(decrypt(sent[1]!.body)), { type: 'readAllNotifications', userId: alice.id })

    // Read before it was sent: there is nothing to send but that.
    await post(server, { text: '@alice again' }, bob)
    await toldTo(server, alice, { markAsRead: true })
    await until(() => jobsOf(server), none)
    assert.deepEqual(
      sent.map(({ body: one }) => JSON.parse(decrypt(one)).type),
      ['notification', 'readAllNotifications', 'readAllNotifications'],
    )
  })

  test('sends a long one in short', async () => {
    const { network, sent } = await pushService()
    await using _ = network
    await using server = await open({ egress: network.egress })
    const { alice } = server
    const { keys, decrypt } = newReceiver()
    bodyOf(await server.call('sw/register', { endpoint: ENDPOINT, ...keys }, alice))
    assertEmpty(await server.call('notifications/create', { body: '豆'.repeat(4000), header: 'h' }, alice))
    await until(
      () => sent,
      ({ length }) => length === 1,
    )
    const { body } = JSON.parse(decrypt(sent[0]!.body))
    assertHas(body, { type: 'app', header: 'h' })
    assert.match(body.body, /^豆{300}…$/)
  })

  test('is tried again when the service asks for it, and given up when the browser is gone', async () => {
    for (const [status, expected] of [
      [201, { subscriptions: 1, waiting: 0 }],
      [400, { subscriptions: 1, waiting: 0 }],
      [404, { subscriptions: 0, waiting: 0 }],
      [410, { subscriptions: 0, waiting: 0 }],
      [429, { subscriptions: 1, waiting: 1 }],
      [503, { subscriptions: 1, waiting: 1 }],
    ] as const) {
      const { network, sent } = await pushService([status])
      await using _ = network
      await using server = await open({ egress: network.egress })
      bodyOf(await server.call('sw/register', { endpoint: ENDPOINT, ...newReceiver().keys }, server.alice))
      assertEmpty(await server.call('notifications/test-notification', {}, server.alice))
      await until(
        () => sent,
        ({ length }) => length === 1,
      )
      const settled = (rows: { takenUntil: number }[]) => rows.every(({ takenUntil }) => takenUntil === 0)
      const waiting = await until(() => jobsOf(server), settled)
      const subscriptions = await subscriptionsIn(server)
      assert.deepEqual({ subscriptions: subscriptions.length, waiting: waiting.length }, expected, String(status))
    }
  })

  test('goes to no address inside, in no open text, and to no browser without keys', async () => {
    const { network, sent } = await pushService([201], '10.0.0.7')
    await using _ = network
    await using server = await open({ egress: network.egress })
    const { alice } = server
    const { keys } = newReceiver()
    for (const registration of [
      { ...keys, endpoint: ENDPOINT },
      { ...keys, endpoint: 'https://127.0.0.1/' },
      { ...keys, endpoint: 'http://pinned.example/' },
      { ...keys, endpoint: 'not an address' },
      { auth: 'a', publickey: 'p', endpoint: 'https://pinned.example/2' },
    ]) {
      bodyOf(await server.call('sw/register', registration, alice))
    }
    assertEmpty(await server.call('notifications/test-notification', {}, alice))
    await until(() => jobsOf(server), none)
    assert.deepEqual([sent, network.dialled], [[], []])
    assert.deepEqual(
      (await subscriptionsIn(server)).map(({ endpoint }) => endpoint).sort(),
      ['https://127.0.0.1/', ENDPOINT].sort(),
    )
  })
})
