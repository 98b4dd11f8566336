import type { Bus } from '../bus/bus.ts'
import type { Memory } from '../context.ts'
import type { Db } from '../db/database.ts'
import { countServer, type ServerCounts } from '../db/queries/counts.ts'
import { SECOND } from '../lib/time.ts'

/** Counting takes the longer the more there is, and anybody may ask, as often as they like. */
const COUNT_EVERY = 10 * SECOND

/** Counts what is on the server at most so often: those who ask meanwhile get what was counted last. */
export function rememberCounts(db: Db, bus: Bus): { store: Memory['counts']; close(): void } {
  let counting: Promise<ServerCounts> | null = null
  let until = 0
  const forget = () => {
    counting = null
  }
  const close = bus.subscribe(({ type }) => {
    if (type === 'gap') forget()
  })
  const store = () => {
    const now = Date.now()
    if (counting && now < until) return counting
    until = now + COUNT_EVERY
    counting = countServer(db, now)
    counting.catch(forget)
    return counting
  }
  return { store, close }
}
