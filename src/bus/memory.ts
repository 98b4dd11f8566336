import type { Bus, BusErrorHandler, BusEvent, BusListener } from './bus.ts'

/** The bus of a single process; also the local half of the others. */
export function createMemoryBus(onError: BusErrorHandler): Bus {
  const listeners = new Set<{ listener: BusListener }>()
  const queue: BusEvent[] = []
  let delivering = false
  let closed = false

  function deliver(event: BusEvent): void {
    // A copy, for a listener that joins now must not get an event from before; one that has left gets none.
    for (const entry of [...listeners]) {
      if (!listeners.has(entry)) continue
      try {
        const returned: unknown = entry.listener(event)
        // An async function is a listener too as far as the types go, and its rejection would end the process.
        if (returned instanceof Promise) returned.catch((error: unknown) => onError(error, event))
      } catch (error) {
        onError(error, event)
      }
    }
  }

  return {
    publish(event) {
      if (closed) return
      queue.push(event)
      // A listener published: its event waits until all have seen the current one, else they would see them swapped.
      if (delivering) return
      delivering = true
      try {
        for (let next = queue.shift(); next; next = queue.shift()) deliver(next)
      } finally {
        delivering = false
      }
    },
    subscribe(listener) {
      const entry = { listener }
      if (!closed) listeners.add(entry)
      return () => {
        listeners.delete(entry)
      }
    },
    async close() {
      closed = true
      queue.length = 0
      listeners.clear()
    },
  }
}
