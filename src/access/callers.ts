import type { BusEvent } from '../bus/bus.ts'
import type { ServerSettings } from '../config/server-settings.ts'
import type { Ctx } from '../context.ts'
import { RELOAD_EVERY } from '../core/settings.ts'
import { createTaggedCache } from '../lib/tagged-cache.ts'
import { type LookedUp, lookUp, type Principal } from './principal.ts'
import { digestOf } from './token.ts'

/** Finds out who calls, and remembers it for a moment: the same token comes again and again. */
export interface Callers {
  /** Whom a token speaks for; null for a token that is unknown, revoked or past its end. */
  principalOf(token: string): Promise<Principal | null>
  close(): void
}

/** More tokens than are in use at the same moment on a busy server; a few megabytes. */
const MAX_KNOWN = 10_000
/**
 * Whatever happens in a server, or in one on the same bus, is known at once. The command line has no bus to the running
 * server (nor do counters say when they change, on which roles may depend): what it does is known this much later.
 */
const KNOWN_FOR = RELOAD_EVERY

/** Remembers callers until something happens to their token, their person, a role or the settings. */
export function knowCallers(ctx: Ctx): Callers {
  const known = createTaggedCache<{ principal: Principal; settings: ServerSettings }>(MAX_KNOWN)
  // Counts what happened, so that what was read before is not remembered after.
  let happened = 0
  const leave = ctx.bus.subscribe((event) => {
    const stale = staleAfter(event)
    if (stale === null) return
    happened++
    if (stale === 'all') known.clear()
    else known.drop(stale)
  })

  function remember(key: string, found: LookedUp, settings: ServerSettings): void {
    const { principal, endsAt } = found
    const until = Math.min(Date.now() + KNOWN_FOR, endsAt ?? Number.POSITIVE_INFINITY)
    known.set(key, { principal, settings }, { tags: [principal.id, principal.credential.digest], until })
  }

  return {
    async principalOf(token) {
      const key = digestOf(token)
      const settings = ctx.settings.current()
      const entry = known.get(key, Date.now())
      // Settings and roles that were read anew are another object: what was made of the old ones is not looked at.
      if (entry?.settings === settings) return entry.principal
      const before = happened
      const found = await lookUp(ctx, token)
      if (!found) return null
      if (happened === before) remember(key, found, settings)
      return found.principal
    },
    close() {
      leave()
      known.clear()
    },
  }
}

/** What is to be forgotten after an event: a person's or a token's tag, everything, or (null) nothing. */
function staleAfter(event: BusEvent): string | 'all' | null {
  switch (event.type) {
    case 'tokenRevoked':
    case 'sessionEnded':
      return event.digest
    case 'user':
      return event.id
    case 'roles':
      return event.userId ?? 'all'
    case 'settings':
    case 'gap':
      return 'all'
    default:
      return null
  }
}
