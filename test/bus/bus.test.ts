import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Bus, BusEvent, BusLog } from '../../src/bus/bus.ts'
import { createBus } from '../../src/bus/open.ts'
import { available, missing } from '../require.ts'

const note = (id: string): BusEvent => ({ type: 'note', id, userId: 'alice' })

/** A log that keeps what it is told. */
function testLog(): BusLog & { lines: string[] } {
  const lines: string[] = []
  const write = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`)
  return { lines, info: write, warn: write, error: write }
}

/** Everything a bus delivers, and a way to wait until it has delivered so many. */
function listen(bus: Bus) {
  const events: BusEvent[] = []
  let waiting: (() => void) | undefined
  bus.subscribe((event) => {
    events.push(event)
    waiting?.()
  })
  return {
    events,
    async until(done: () => boolean): Promise<void> {
      while (!done()) {
        const { promise, resolve } = Promise.withResolvers<void>()
        waiting = resolve
        await promise
      }
    },
  }
}

const redisUrl = available('redis')
const kinds: [string, string | undefined][] = [
  ['memory', 'memory'],
  ['redis', redisUrl],
]

for (const [kind, base] of kinds) {
  const options = { skip: kind === 'redis' && missing('redis'), timeout: 10_000 }
  const open = (log = testLog()) => createBus(kind === 'memory' ? 'memory' : `${base}?prefix=${randomUUID()}`, log)

  test(`${kind}: listeners have the event when publish returns, in order, once`, options, async () => {
    const bus = await open()
    const { events } = listen(bus)
    bus.publish(note('1'))
    bus.publish({ type: 'settings' })
    bus.publish({ type: 'sessionEnded', digest: 'd', userId: 'alice' })
    const published = [note('1'), { type: 'settings' }, { type: 'sessionEnded', digest: 'd', userId: 'alice' }]
    assert.deepEqual(events, published)
    await bus.close()
    assert.deepEqual(events, published)
  })

  test(`${kind}: a listener that throws or rejects is reported and the others are served`, options, async () => {
    const log = testLog()
    const bus = await open(log)
    bus.subscribe(() => {
      throw new Error('broken')
    })
    bus.subscribe(async () => {
      throw new Error('broken later')
    })
    const { events } = listen(bus)
    bus.publish(note('1'))
    await Promise.resolve()
    assert.deepEqual(events, [note('1')])
    assert.equal(log.lines.filter((line) => line.startsWith('a listener of the bus failed')).length, 2)
    await bus.close()
  })

  test(`${kind}: what a listener publishes comes after the event it was told`, options, async () => {
    const bus = await open()
    bus.subscribe((event) => {
      if (event.type === 'note' && event.id !== '3') bus.publish(note(String(Number(event.id) + 1)))
    })
    const { events } = listen(bus)
    bus.publish(note('1'))
    assert.deepEqual(events, [note('1'), note('2'), note('3')])
    await bus.close()
  })

  test(`${kind}: joining and leaving during a delivery count from then on`, options, async () => {
    const bus = await open()
    const heard: string[] = []
    bus.subscribe(() => {
      leave()
      bus.subscribe((event) => heard.push(`late ${event.type}`))
    })
    const leave = bus.subscribe((event) => heard.push(`left ${event.type}`))
    bus.publish(note('1'))
    assert.deepEqual(heard, [])
    bus.publish({ type: 'settings' })
    assert.deepEqual(heard, ['late settings'])
    await bus.close()
  })

  test(`${kind}: after close nothing is delivered`, options, async () => {
    const bus = await open()
    const { events } = listen(bus)
    await bus.close()
    bus.publish(note('1'))
    listen(bus)
    assert.deepEqual(events, [])
    await bus.close()
  })
}

test('a bus of another kind is refused', async () => {
  for (const url of ['', 'amqp://localhost', 'redis', 'redis://[']) {
    await assert.rejects(createBus(url, testLog()), /redis:\/\//)
  }
})

const redisOnly = { skip: missing('redis'), timeout: 10_000 }

test('redis: processes hear each other in order, and own events once', redisOnly, async () => {
  const url = `${redisUrl}?prefix=${randomUUID()}`
  const [a, b] = await Promise.all([createBus(url, testLog()), createBus(url, testLog())])
  const [atA, atB] = [listen(a), listen(b)]
  const ids = Array.from({ length: 500 }, (_, index) => String(index))
  for (const id of ids) a.publish(note(id))
  await atB.until(() => atB.events.length === ids.length)
  assert.deepEqual(atB.events, ids.map(note))
  b.publish({ type: 'settings' })
  await atA.until(() => atA.events.some(({ type }) => type === 'settings'))
  assert.deepEqual(atA.events, [...ids.map(note), { type: 'settings' }])
  await Promise.all([a.close(), b.close()])
})

test('redis: what was published just before close still reaches the others', redisOnly, async () => {
  const url = `${redisUrl}?prefix=${randomUUID()}`
  const [a, b] = await Promise.all([createBus(url, testLog()), createBus(url, testLog())])
  const atB = listen(b)
  a.publish(note('last'))
  await a.close()
  await atB.until(() => atB.events.length === 1)
  await b.close()
})

test('redis: servers with different names do not hear each other', redisOnly, async () => {
  const [one, other] = [randomUUID(), randomUUID()]
  const target = new URL(redisUrl ?? 'redis://localhost')
  target.pathname = `/${one}`
  const buses = await Promise.all(
    [target.href, `${redisUrl}?prefix=${one}`, `${redisUrl}?prefix=${other}`].map((url) => createBus(url, testLog())),
  )
  const [byPath, byQuery, foreign] = buses.map(listen)
  buses[2]!.publish(note('foreign'))
  buses[0]!.publish(note('ours'))
  await byQuery!.until(() => byQuery!.events.length === 1)
  assert.deepEqual(byPath!.events, [note('ours')])
  assert.deepEqual(byQuery!.events, [note('ours')])
  assert.deepEqual(foreign!.events, [note('foreign')])
  await Promise.all(buses.map((bus) => bus.close()))
})
