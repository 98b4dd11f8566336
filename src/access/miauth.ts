import type { Ctx } from '../context.ts'
import { notify } from '../core/notify.ts'
import { claimMiauthGrant } from '../db/queries/grants.ts'
import { sha256 } from '../lib/crypto.ts'
import { readCallback, withParameter } from './callback.ts'
import { ask, CLAIM_TIME, type Decision, type Outcome } from './consent.ts'
import { mintToken, writeGrant } from './grant.ts'
import { isPermission, type Permission } from './permission.ts'

/** What an application asks for by the address it opens: `/miauth/{session}?name&icon&callback&permission`. */
export interface MiauthRequest {
  session: string
  name: string | null
  iconUrl: string | null
  /** As the application sent it. */
  callback: string | null
  permissions: Permission[]
}

const text = (value: string | undefined, length: number): string | null => value?.trim().slice(0, length) || null

/**
 * Reads the address an application opened. Names of permissions are separated by commas, with or without spaces.
 * @returns the request, and the names in it that are no permissions
 */
export function readMiauthRequest(
  session: string,
  query: { name?: string; icon?: string; callback?: string; permission?: string },
): { request: MiauthRequest; unknown: string[] } {
  const asked = [...new Set((query.permission ?? '').split(',').map((name) => name.trim()))].filter(
    (name) => name !== '',
  )
  const icon = query.icon ? URL.parse(query.icon) : null
  const request = {
    session,
    name: text(query.name, 128),
    iconUrl: icon?.protocol === 'https:' && icon.href.length <= 512 ? icon.href : null,
    callback: query.callback || null,
    permissions: asked.filter(isPermission),
  }
  return { request, unknown: asked.filter((name) => !isPermission(name)) }
}

/** Whether a MiAuth session can be kept: longer ones, and ones no database could hold, are never answered. */
export const isUsableSession = (session: string): boolean =>
  session.length > 0 && session.length <= 128 && session.isWellFormed() && !session.includes('\0')

/** Keeps the request until the person answers; returns the question's id. */
export const askMiauth = (ctx: Ctx, userId: string, request: MiauthRequest): Promise<string> =>
  ask(ctx, userId, 'miauth', request)

/**
 * Carries out a person's answer. A refusal is sent to the callback too, where the application learns from `check` that it
 * got nothing.
 */
export async function settleMiauth(
  ctx: Ctx,
  userId: string,
  request: MiauthRequest,
  decision: Decision,
): Promise<Outcome | 'sessionUsed'> {
  if (decision.allow) {
    const written = await ctx.transact(async (tx, afterCommit) => {
      // As a client does that allows it by miauth/gen-token.
      await notify(ctx, tx, afterCommit, { userId, type: 'createToken' })
      return writeGrant(tx, ctx, {
        userId,
        kind: 'miauth',
        miauthSession: request.session,
        name: request.name,
        iconUrl: request.iconUrl,
        permissions: request.permissions.filter((name) => decision.permissions.includes(name)),
        expiresAt: decision.expiresAt,
        claimableUntil: Date.now() + CLAIM_TIME,
      })
    })
    if (typeof written === 'string') return written
  }
  const callback = readCallback(request.callback)
  const leads = callback.kind === 'web' || callback.kind === 'app'
  return {
    allowed: decision.allow,
    sendTo: leads ? withParameter(callback.href, 'session', request.session) : null,
    name: request.name,
  }
}

/** Hands out the token of a session, once: of any number of calls at once, one gets it. */
export async function claimMiauth(ctx: Ctx, session: string): Promise<{ token: string; userId: string } | null> {
  const claimed = await ctx.transact(async (tx) => {
    const grant = await claimMiauthGrant(tx, sha256(session), Date.now())
    if (!grant) return { grant: null, token: '' }
    return { grant, token: await mintToken(tx, ctx, grant) }
  })
  return claimed.grant && { token: claimed.token, userId: claimed.grant.userId }
}
