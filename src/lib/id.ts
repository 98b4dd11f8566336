import { randomInt } from 'node:crypto'

/** 2000-01-01T00:00:00Z: ids count milliseconds from here, as Misskey's `aidx` does. */
const EPOCH = 946_684_800_000
const RADIX = 36
const COUNTERS = RADIX ** 4
/** What eight characters can hold: some moment in 2089. */
const LAST_TIME = RADIX ** 8 - 1

const base36 = (value: number, width: number): string => value.toString(RADIX).padStart(width, '0')

/** Makes ids. One per server, so that its ids rise even when the clock stands still or goes back. */
export interface Ids {
  /** A new id, greater than every id made or seen before. */
  next(): string
  /** Makes every later id greater than `id`, which another process or an earlier run made; empty for none. */
  after(id: string): void
}

/**
 * Ids are `aidx`: 8 characters of time, 4 that name this process, 4 of a counter, all base 36. They sort by time as text
 * compared bytewise, and the time of creation can be read from them.
 * @param now the clock, in milliseconds since 1970
 */
export function createIds(now: () => number = Date.now): Ids {
  const node = base36(randomInt(COUNTERS), 4)
  let time = 0
  let counter = 0
  return {
    next() {
      const current = Math.max(now(), EPOCH)
      if (current > time) {
        time = current
        counter = 0
      } else if (++counter === COUNTERS) {
        time++
        counter = 0
      }
      return base36(time - EPOCH, 8) + node + base36(counter, 4)
    },
    after(id) {
      if (id === '') return
      const seen = timeOfId(id)
      if (seen < time) return
      time = seen + 1
      counter = 0
    },
  }
}

/** The time an id was made, in milliseconds since 1970. */
export const timeOfId = (id: string): number => Number.parseInt(id.slice(0, 8), RADIX) + EPOCH

/** The lowest id of a moment: ids made before it sort lower, ids made at or after it higher. */
export const lowestIdAt = (time: number): string =>
  base36(Math.min(Math.max(0, Math.floor(time) - EPOCH), LAST_TIME), 8)

/** The time an id was made, as the API writes times. */
export const isoTimeOfId = (id: string): string => new Date(timeOfId(id)).toISOString()
