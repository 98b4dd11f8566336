import type { IncomingHttpHeaders } from 'node:http'
import type { Principal } from '../access/principal.ts'
import type { Call, Endpoint } from '../api/endpoint.ts'
import type { Ctx } from '../context.ts'
import { isFailure } from '../db/database.ts'
import { claimKey, type RepeatKey, resultOf, storeResult } from '../db/queries/repeatable.ts'
import { sha256 } from '../lib/crypto.ts'
import { errors, invalidParam, Refused } from './error.ts'

/** The header by which a client says that a call is the same as one it has sent before. */
export const REPEAT_HEADER = 'Idempotency-Key'

/** Visible ASCII: what every client and proxy hands on as it is. */
export const REPEAT_KEY = '^[!-~]{1,255}$'

// biome-ignore lint/suspicious/noExplicitAny: as the gate sees it, an endpoint may take and give anything
type AnyCall = Call<any, any, any>

/** The key of a call, where the endpoint knows what a repeat is and somebody is signed in; null for none. */
export function repeatKeyOf(
  { path, again }: Endpoint,
  principal: Principal | null,
  headers: IncomingHttpHeaders,
): RepeatKey | null {
  const given = headers[REPEAT_HEADER.toLowerCase()]
  if (given === undefined || !again || !principal) return null
  if (typeof given !== 'string' || !new RegExp(REPEAT_KEY).test(given)) {
    throw invalidParam(REPEAT_HEADER, `the header ${REPEAT_HEADER} must be 1 to 255 visible ASCII characters`)
  }
  return { userId: principal.id, path, keyDigest: sha256(given) }
}

/**
 * Calls an endpoint so that all calls with the same key make one thing, and are answered with it for a day: the key is
 * taken in the very transaction that makes the thing. A call that fails takes no key.
 */
export async function callOnce(endpoint: Endpoint, call: AnyCall, key: RepeatKey): Promise<unknown> {
  const made = await resultOf(call.ctx.db, key, Date.now())
  if (made !== undefined) return answerAgain(endpoint, call, made)
  try {
    return await endpoint.handle({ ...call, ctx: { ...call.ctx, transact: claiming(call.ctx, key) } })
  } catch (thrown) {
    if (thrown instanceof MadeBefore) return answerAgain(endpoint, call, thrown.id)
    throw thrown
  }
}

async function answerAgain(endpoint: Endpoint, call: AnyCall, id: string): Promise<unknown> {
  const answer = await endpoint.again?.(call, id)
  if (answer === undefined) throw new Refused(errors.idempotencyKeyUsed)
  return answer
}

/** Another call has made it: nothing more is to be done for this one. */
class MadeBefore extends Error {
  readonly id: string
  constructor(id: string) {
    super('The key stands for something that was made before')
    this.id = id
  }
}

/** A `transact` that takes the key first, and keeps the id of what is made. */
function claiming(ctx: Ctx, key: RepeatKey): Ctx['transact'] {
  let isTaken = false
  return async (work) => {
    if (isTaken) return ctx.transact(work)
    const outcome = await ctx.transact(async (tx, afterCommit) => {
      const now = Date.now()
      // Returned and not thrown: the answer must wait until what the other call made is durable, as that call's does.
      if (!(await claimKey(tx, key, now))) return new MadeBefore((await resultOf(tx, key, now)) ?? '')
      const made = await work(tx, afterCommit)
      if (!isFailure(made)) await storeResult(tx, key, idOf(made))
      return made
    })
    if (outcome instanceof MadeBefore) throw outcome
    isTaken = true
    return outcome
  }
}

function idOf(made: unknown): string {
  if (typeof made === 'object' && made !== null && 'id' in made && typeof made.id === 'string') return made.id
  throw new TypeError('What is made by an endpoint that may be called again must have an id')
}
