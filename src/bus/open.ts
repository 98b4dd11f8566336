import type { Bus, BusErrorHandler, BusLog } from './bus.ts'
import { createMemoryBus } from './memory.ts'

/** The bus a server was set up with: `memory`, or the URL of a Redis or Valkey (`redis:`, `rediss:`, `valkey:`, `valkeys:`). */
export async function createBus(url: string, log: BusLog): Promise<Bus> {
  const onError: BusErrorHandler = (error, event) => {
    log.error({ err: error, event: event.type }, 'a listener of the bus failed')
  }
  if (url === 'memory') return createMemoryBus(onError)
  if (/^(redis|valkey)s?:\/\//i.test(url) && URL.canParse(url)) {
    // Loaded only when asked for: its client is a tenth of the memory of a server without it.
    const { createRedisBus } = await import('./redis.ts')
    return createRedisBus(url, log, onError)
  }
  throw new Error('the bus must be "memory" or a redis:// URL')
}
