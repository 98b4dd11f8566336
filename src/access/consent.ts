import type { Ctx } from '../context.ts'
import { insertConsent, takeConsent } from '../db/queries/consents.ts'
import type { GrantKind } from '../db/schema/access.ts'
import { toJson } from '../db/schema/json.ts'
import { randomSecret } from '../lib/crypto.ts'
import { MINUTE } from '../lib/time.ts'

/** How long a person has to answer. */
const ANSWER_TIME = 15 * MINUTE

/** Keeps what an application asks of a person until they answer; returns the question's id. */
export async function ask(ctx: Ctx, userId: string, kind: GrantKind, request: object): Promise<string> {
  const id = randomSecret(32)
  const now = Date.now()
  const consent = { id, kind, userId, request: toJson(request), expiresAt: now + ANSWER_TIME }
  await ctx.transact((tx) => insertConsent(tx, consent, now))
  return id
}

/**
 * Takes a question out to answer it: of any number of answers one counts, and only the person who was asked can give it.
 * @returns what was asked, or null when there is no such question any more
 */
export async function answer(ctx: Ctx, userId: string, id: string) {
  const taken = await ctx.transact(async (tx) => ({ consent: await takeConsent(tx, id, userId, Date.now()) }))
  return taken.consent ?? null
}
