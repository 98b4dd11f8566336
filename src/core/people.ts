import type { Bus, BusEvent } from '../bus/bus.ts'
import type { People } from '../context.ts'
import type { Db } from '../db/database.ts'
import { type UserRow, usersByIds } from '../db/queries/users.ts'
import { createTaggedCache } from '../lib/tagged-cache.ts'
import { RELOAD_EVERY } from './settings.ts'

/** Some megabytes: more people than write on one day. */
const MAX_KNOWN = 5000

/**
 * Remembers people's rows until something happens to them. Counters and the time of the last call change without an
 * event, and so does what the command line changes: no row is kept for longer than that may go unseen.
 */
export function rememberPeople(db: Db, bus: Bus): { store: People; close(): void } {
  const known = createTaggedCache<UserRow>(MAX_KNOWN)
  // Counts what happened, so that what was read before is not remembered after.
  let happened = 0
  const leave = bus.subscribe((event) => {
    const stale = staleAfter(event)
    if (stale === null) return
    happened++
    if (stale === 'all') known.clear()
    else known.drop(stale)
  })

  async function read(ids: readonly string[], found: Map<string, UserRow>): Promise<void> {
    const before = happened
    const rows = await usersByIds(db, ids)
    const until = Date.now() + RELOAD_EVERY
    for (const row of rows) {
      found.set(row.id, row)
      if (happened === before) known.set(row.id, row, { tags: [row.id], until })
    }
  }

  return {
    store: {
      async byIds(ids) {
        const now = Date.now()
        const found = new Map<string, UserRow>()
        const missing: string[] = []
        for (const id of ids) {
          const row = known.get(id, now)
          if (row) found.set(id, row)
          else missing.push(id)
        }
        if (missing.length > 0) await read(missing, found)
        return found
      },
    },
    close() {
      leave()
      known.clear()
    },
  }
}

/** Whose row is to be forgotten after an event: a person's, everybody's, or (null) nobody's. */
function staleAfter(event: BusEvent): string | 'all' | null {
  if (event.type === 'user') return event.id
  if (event.type === 'roles') return event.userId ?? 'all'
  return event.type === 'settings' || event.type === 'gap' ? 'all' : null
}
