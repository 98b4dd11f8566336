import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { SECOND } from './time.ts'

/** So many calls in so long (milliseconds). */
export interface Limit {
  max: number
  per: number
}

export interface Verdict {
  allowed: boolean
  total: number
  remaining: number
  /** When the window ends, milliseconds since 1970. */
  resetAt: number
}

/** Counts calls per key in windows. One per server. */
export interface Limits {
  /** Counts one call and says whether it is within the limit. */
  take(name: string, key: string, limit: Limit): Promise<Verdict>
  /** Says how it stands without counting. */
  look(name: string, key: string, limit: Limit): Promise<Verdict>
  /** Forgets what was counted. */
  forget(name: string, key: string, limit: Limit): Promise<void>
}

/** Limits that allow everything, for tests and benchmarks. */
export const noLimits: Limits = {
  take: async (_name, _key, limit) => unlimited(limit),
  look: async (_name, _key, limit) => unlimited(limit),
  forget: async () => {},
}

const unlimited = ({ max }: Limit): Verdict => ({ allowed: true, total: max, remaining: max, resetAt: Date.now() })

/** Limits counted in the memory of this process. */
export function createLimits(): Limits {
  const limiters = new Map<string, RateLimiterMemory>()
  const limiterOf = (name: string, { max, per }: Limit): RateLimiterMemory => {
    const id = `${name} ${max} ${per}`
    const known = limiters.get(id)
    if (known) return known
    const limiter = new RateLimiterMemory({ keyPrefix: name, points: max, duration: per / SECOND })
    limiters.set(id, limiter)
    return limiter
  }
  return {
    async take(name, key, limit) {
      try {
        return verdict(await limiterOf(name, limit).consume(key), limit, true)
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return verdict(refused, limit, false)
        throw refused
      }
    },
    async look(name, key, limit) {
      const state = await limiterOf(name, limit).get(key)
      return state ? verdict(state, limit, state.consumedPoints < limit.max) : unlimited(limit)
    },
    async forget(name, key, limit) {
      await limiterOf(name, limit).delete(key)
    },
  }
}

const verdict = (state: RateLimiterRes, { max }: Limit, allowed: boolean): Verdict => ({
  allowed,
  total: max,
  remaining: Math.max(0, state.remainingPoints),
  resetAt: Date.now() + Math.max(0, state.msBeforeNext),
})
