import type { Ctx } from '../context.ts'
import { touchToken } from '../db/queries/grants.ts'
import { touchSession } from '../db/queries/sessions.ts'
import { touchUser } from '../db/queries/users.ts'
import { MINUTE, SECOND } from '../lib/time.ts'
import type { Principal } from './principal.ts'

const FLUSH_EVERY = 5 * SECOND

/** Remembers when tokens were used and writes it down together, so that reading costs no write. */
export interface Uses {
  note(principal: Principal): void
  /** Writes down what is remembered. */
  flush(): Promise<void>
  /** Writes down what is left, if it can be, and stops. */
  close(): Promise<void>
}

/** Uses are kept to the minute: a token in steady use is written once a minute. */
export function recordUses(ctx: Ctx): Uses {
  let sessions = new Map<string, number>()
  let tokens = new Map<string, number>()
  let people = new Map<string, number>()

  async function flush(): Promise<void> {
    if (people.size === 0) return
    const [dueSessions, dueTokens, duePeople] = [sessions, tokens, people]
    sessions = new Map()
    tokens = new Map()
    people = new Map()
    await ctx.transact(async (tx) => {
      for (const [id, time] of dueSessions) await touchSession(tx, id, time)
      for (const [id, time] of dueTokens) await touchToken(tx, id, time)
      for (const [id, time] of duePeople) await touchUser(tx, id, time)
    })
  }

  // What is lost is the time of a use: no reason to keep a server from serving, or from stopping.
  const tryFlush = () =>
    flush().catch((error) => ctx.log.error({ err: error }, 'The last uses of tokens could not be written'))
  const timer = setInterval(tryFlush, FLUSH_EVERY)
  timer.unref()

  return {
    note(principal) {
      const now = Date.now()
      if (principal.lastUsedAt !== null && now - principal.lastUsedAt < MINUTE) return
      const { credential } = principal
      if (credential.kind === 'native') sessions.set(credential.sessionId, now)
      else tokens.set(credential.tokenId, now)
      people.set(principal.id, now)
    },
    flush,
    async close() {
      clearInterval(timer)
      await tryFlush()
    },
  }
}
