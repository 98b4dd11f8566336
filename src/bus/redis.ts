import { randomUUID } from 'node:crypto'
import { Redis, type RedisOptions } from 'ioredis'
import type { Bus, BusErrorHandler, BusEvent, BusLog } from './bus.ts'
import { createMemoryBus } from './memory.ts'
import { readRedisUrl } from './redis-url.ts'

// What may wait for an answer from a Redis that accepts bytes but does not answer; later events count as lost.
const maxInFlight = 10_000
// A connection whose other end vanished without a word is noticed by asking and getting no answer.
const heartbeatMs = 10_000
const silenceMs = 10_000
// How long to wait at start-up before going on without Redis for the time being.
const firstSubscriptionMs = 2_000

const connection = {
  // Commands fail at once while Redis is away, and unanswered ones when the connection ends: nothing piles up, and
  // nothing is sent twice.
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  autoResubscribe: false,
  connectTimeout: 5_000,
  socketTimeout: silenceMs,
  retryStrategy: (attempt: number) => Math.min(50 * 2 ** Math.min(attempt, 10), 5_000) * (0.5 + Math.random() / 2),
} satisfies RedisOptions

/**
 * A bus over Redis or Valkey (publish and subscribe on one channel). Resolves once this process hears the others, or
 * after two seconds without Redis; it then keeps trying for as long as it lives.
 *
 * Own events are delivered here at once and skipped when Redis sends them back: after `publish` returns, the caches of
 * this process are already right, so that a request following a change never sees the state from before; and they are
 * delivered even while Redis is away.
 *
 * After an outage `gap` is delivered: to this process when it missed the others' events, to the others when they missed
 * ours (the two connections can fail apart, and the others may have noticed nothing).
 */
export async function createRedisBus(url: string, log: BusLog, onError: BusErrorHandler): Promise<Bus> {
  const { channel, target } = readRedisUrl(url)
  const local = createMemoryBus(onError)
  const self = randomUUID()
  const publisher = new Redis(target, connection)
  const subscriber = new Redis(target, connection)
  const outgoing = createOutgoing(publisher, channel, self)
  reportOutages(publisher, 'publishing', log)
  reportOutages(subscriber, 'listening', log)

  let mayHaveMissed = false
  let subscribing = false
  let hears = false
  let closed = false
  const firstSubscription = Promise.withResolvers<void>()

  async function subscribe(): Promise<void> {
    if (subscribing) return
    subscribing = true
    try {
      await subscriber.subscribe(channel)
      hears = true
      // Only now: an event between an earlier `gap` and the subscription would be missed unnoticed.
      if (mayHaveMissed) local.publish({ type: 'gap' })
      mayHaveMissed = true
      firstSubscription.resolve()
    } catch (error) {
      log.error({ channel, error: messageOf(error) }, 'cannot listen for events of other processes')
    } finally {
      subscribing = false
    }
  }

  subscriber.on('ready', subscribe)
  subscriber.on('close', () => {
    hears = false
  })
  subscriber.on('message', (_, message) => {
    const event = readMessage(message, self)
    if (event === 'own') return
    if (event) local.publish(event)
    else log.warn({ channel }, 'an event of another process could not be read')
  })

  const heartbeat = setInterval(() => {
    if (subscriber.status !== 'ready') return
    if (hears) subscriber.ping().catch(() => {})
    else subscribe()
  }, heartbeatMs)

  const patience = setTimeout(() => {
    log.warn({ channel }, 'Redis has not answered yet; events of other processes are missing until it does')
    firstSubscription.resolve()
  }, firstSubscriptionMs)
  await firstSubscription.promise
  clearTimeout(patience)
  // Listeners join from now on, and what they remember goes stale if the subscription is still to come.
  mayHaveMissed = true

  return {
    publish(event) {
      if (closed) return
      outgoing.send(event)
      local.publish(event)
    },
    subscribe: local.subscribe,
    async close() {
      closed = true
      clearInterval(heartbeat)
      await local.close()
      subscriber.disconnect()
      await outgoing.settled()
      publisher.disconnect()
    },
  }
}

/** Sends events to the other processes, and a `gap` as soon as possible after any that did not get through. */
function createOutgoing(publisher: Redis, channel: string, self: string) {
  let inFlight = 0
  let lost = false
  let settled: (() => void) | undefined

  function send(event: BusEvent): void {
    if (publisher.status !== 'ready' || inFlight >= maxInFlight) {
      lost = true
      return
    }
    inFlight++
    publisher.publish(channel, `${self} ${JSON.stringify(event)}`).then(
      () => {
        answered()
        if (inFlight === 0) sendGap()
      },
      () => {
        answered()
        // The gap waits for the next success or connection. Tried at once, it would fail at once, again and again.
        lost = true
      },
    )
  }

  function answered(): void {
    inFlight--
    if (inFlight === 0) settled?.()
  }

  function sendGap(): void {
    if (!lost || publisher.status !== 'ready') return
    lost = false
    send({ type: 'gap' })
  }

  publisher.on('ready', sendGap)
  return {
    send,
    /** Resolves when Redis has confirmed what was sent, or after a second. */
    async settled(): Promise<void> {
      if (inFlight === 0 || publisher.status !== 'ready') return
      const { promise, resolve } = Promise.withResolvers<void>()
      settled = resolve
      const patience = setTimeout(resolve, 1_000)
      await promise
      clearTimeout(patience)
    },
  }
}

/** `<process> <json>`, so that own messages are told apart without parsing them. */
function readMessage(message: string, self: string): BusEvent | 'own' | undefined {
  const space = message.indexOf(' ')
  if (message.slice(0, space) === self) return 'own'
  try {
    const event: unknown = JSON.parse(message.slice(space + 1))
    // A newer version may send types unknown here; listeners pick theirs by type and leave the rest.
    const valid = typeof event === 'object' && event !== null && 'type' in event && typeof event.type === 'string'
    return valid ? (event as BusEvent) : undefined
  } catch {
    return undefined
  }
}

/** One line when a connection is lost and one when it is back, not one for each attempt between. */
function reportOutages(redis: Redis, purpose: string, log: BusLog): void {
  let down = false
  redis.on('error', (error) => {
    if (!down) log.warn({ purpose, error: messageOf(error) }, 'no connection to Redis')
    down = true
  })
  redis.on('ready', () => {
    if (down) log.info({ purpose }, 'connected to Redis again')
    down = false
  })
}

/** Not the error itself: ioredis puts the failed command on it, for a sign-in with the password. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error)
}
