import type { Ctx } from '../context.ts'
import { insertConsent, takeConsent } from '../db/queries/consents.ts'
import type { GrantKind } from '../db/schema/access.ts'
import { randomSecret, seal, unseal } from '../lib/crypto.ts'
import { MINUTE } from '../lib/time.ts'

/** How long a person has to answer. */
const ANSWER_TIME = 15 * MINUTE

/** How long the application has to fetch what it was given, once the person has answered. */
export const CLAIM_TIME = 15 * MINUTE

/** A person's answer. A permission that was not asked for is not granted, whatever the form says. */
export type Decision =
  | { allow: false }
  | {
      allow: true
      permissions: readonly string[]
      /** Milliseconds since 1970; null for until revoked. */
      expiresAt: number | null
    }

/** What an answer led to. */
export interface Outcome {
  allowed: boolean
  /** Where to send the person; null when the application named no place it could be. */
  sendTo: string | null
  name: string | null
}

/**
 * Keeps what an application asks of a person until they answer; returns the question's id.
 * @param userId whom it is shown to; null when nobody is signed in yet
 */
export async function ask(ctx: Ctx, userId: string | null, kind: GrantKind, request: object): Promise<string> {
  const id = randomSecret(32)
  const now = Date.now()
  const consent = {
    id,
    kind,
    userId,
    request: seal(ctx.config.key, JSON.stringify(request)),
    expiresAt: now + ANSWER_TIME,
  }
  await ctx.transact((tx) => insertConsent(tx, consent, now))
  return id
}

/**
 * Takes a question out to answer it: of any number of answers one counts, and only the person who was asked can give it.
 * @param userId who answers; null for whoever knows the question's id, which is only enough to refuse
 * @returns what was asked, or null when there is no such question any more
 */
export async function answer(
  ctx: Ctx,
  userId: string | null,
  id: string,
): Promise<{ kind: GrantKind; request: unknown } | null> {
  const { consent } = await ctx.transact(async (tx) => ({ consent: await takeConsent(tx, id, userId, Date.now()) }))
  return consent ? { kind: consent.kind, request: JSON.parse(unseal(ctx.config.key, consent.request)) } : null
}
