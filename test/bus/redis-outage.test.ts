import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { Redis } from 'ioredis'
import type { Bus, BusEvent, BusLog } from '../../src/bus/bus.ts'
import { createBus } from '../../src/bus/open.ts'

const missing = spawnSync('redis-server', ['--version']).error !== undefined
const options = { skip: missing && 'no redis-server here', timeout: 30_000 }

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** A Redis of this test alone, accepting connections. */
async function startRedis(t: TestContext, port: number, ...more: string[]): Promise<ChildProcess> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...more]
  const redis = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'ignore'] })
  t.after(() => redis.kill('SIGKILL'))
  let output = ''
  for await (const chunk of redis.stdout.iterator({ destroyOnReturn: false })) {
    output += chunk
    if (/ready to accept connections/i.test(output)) break
  }
  redis.stdout.resume()
  return redis
}

async function stop(redis: ChildProcess): Promise<void> {
  const exit = once(redis, 'exit')
  redis.kill('SIGKILL')
  await exit
}

/** A log whose lines can be waited for. */
function testLog() {
  const lines: string[] = []
  let waiting: (() => void) | undefined
  const write = (fields: object, message: string) => {
    lines.push(`${message} ${JSON.stringify(fields)}`)
    waiting?.()
  }
  const log: BusLog = { info: write, warn: write, error: write }
  async function until(text: string, count = 1): Promise<void> {
    while (lines.filter((line) => line.includes(text)).length < count) {
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting = resolve
      await promise
    }
  }
  return { log, lines, until }
}

function nextEvent(bus: Bus, type: BusEvent['type']): Promise<BusEvent> {
  return new Promise((resolve) => {
    const leave = bus.subscribe((event) => {
      if (event.type !== type) return
      leave()
      resolve(event)
    })
  })
}

test('an outage loses no local event, and ends with a gap and working deliveries', options, async (t) => {
  const port = await freePort()
  let redis = await startRedis(t, port)
  const [logA, logB] = [testLog(), testLog()]
  const url = `redis://127.0.0.1:${port}`
  const [a, b] = await Promise.all([createBus(url, logA.log), createBus(url, logB.log)])
  const here: BusEvent[] = []
  a.subscribe((event) => here.push(event))

  await stop(redis)
  await Promise.all([logA.until('no connection to Redis', 2), logB.until('no connection to Redis', 2)])
  for (let id = 0; id < 20_000; id++) a.publish({ type: 'user', id: String(id) })
  assert.equal(here.length, 20_000, 'this process hears itself without Redis')

  const gaps = Promise.all([nextEvent(a, 'gap'), nextEvent(b, 'gap')])
  redis = await startRedis(t, port)
  await gaps
  await Promise.all([logA.until('connected to Redis again', 2), logB.until('connected to Redis again', 2)])
  const arrival = nextEvent(b, 'settings')
  a.publish({ type: 'settings' })
  await arrival
  assert.equal(
    logA.lines.filter((line) => line.includes('no connection')).length,
    2,
    'one line an outage, not one a try',
  )
  await Promise.all([a.close(), b.close()])
  await stop(redis)
})

test('when only the sender was cut off, the others are told of the gap', options, async (t) => {
  const port = await freePort()
  const redis = await startRedis(t, port)
  const url = `redis://127.0.0.1:${port}`
  const [a, b] = await Promise.all([createBus(url, testLog().log), createBus(url, testLog().log)])
  const admin = new Redis(port, '127.0.0.1')
  const gap = nextEvent(b, 'gap')
  await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
  // The only thing sent until then: the gap must come by itself.
  a.publish({ type: 'settings' })
  await gap
  admin.disconnect()
  await Promise.all([a.close(), b.close()])
  await stop(redis)
})

test('Redis coming up after the server is found, and the first thing heard is a gap', options, async (t) => {
  const port = await freePort()
  const { log, until } = testLog()
  const opening = createBus(`redis://127.0.0.1:${port}`, log)
  await until('no connection to Redis')
  const bus = await opening
  const gap = nextEvent(bus, 'gap')
  const redis = await startRedis(t, port)
  await gap
  await bus.close()
  await stop(redis)
})

test('a wrong password is reported without the password', options, async (t) => {
  const port = await freePort()
  const redis = await startRedis(t, port, '--requirepass', 'right-one')
  const { log, lines, until } = testLog()
  const opening = createBus(`redis://:wrong-one@127.0.0.1:${port}`, log)
  await until('WRONGPASS')
  const bus = await opening
  await bus.close()
  assert.doesNotMatch(lines.join('\n'), /wrong-one/)
  await stop(redis)
})

test('what a silent Redis is sent has a limit, and the rest is made up for by a gap', options, async (t) => {
  const port = await freePort()
  const redis = await startRedis(t, port)
  const url = `redis://127.0.0.1:${port}`
  const [a, b] = await Promise.all([createBus(url, testLog().log), createBus(url, testLog().log)])
  let arrived = 0
  b.subscribe((event) => {
    if (event.type === 'user') arrived++
  })
  const gap = nextEvent(b, 'gap')
  redis.kill('SIGSTOP')
  for (let id = 0; id < 30_000; id++) a.publish({ type: 'user', id: String(id) })
  redis.kill('SIGCONT')
  await gap
  assert.equal(arrived, 10_000)
  await Promise.all([a.close(), b.close()])
  await stop(redis)
})
