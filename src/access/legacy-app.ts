import { randomUUID } from 'node:crypto'
import type { Ctx } from '../context.ts'
import { type AppRow, appById, appBySecretDigest } from '../db/queries/apps.ts'
import {
  type AuthSessionRow,
  answerAuthSession,
  authSessionByDigest,
  claimAuthSession,
  insertAuthSession,
} from '../db/queries/auth-sessions.ts'
import { MINUTE } from '../lib/time.ts'
import { readCallback, withParameter } from './callback.ts'
import { ask, CLAIM_TIME, type Decision, type Outcome } from './consent.ts'
import { mintToken, writeGrant } from './grant.ts'
import { isAdminPermission, isPermission, type Permission } from './permission.ts'
import { digestOf } from './token.ts'

/** How long an application has to bring a person to the page, and the person to answer. */
const OPEN_TIME = 15 * MINUTE

/** Begins a session in which an application waits for a person; returns its token, of which only a digest is kept. */
export async function beginSession(ctx: Ctx, appSecret: string): Promise<{ token: string } | 'noSuchApp'> {
  const app = await appBySecretDigest(ctx.db, digestOf(appSecret))
  if (!app) return 'noSuchApp'
  const token = randomUUID()
  const now = Date.now()
  const session = {
    id: ctx.ids.next(),
    appId: app.id,
    digest: digestOf(token),
    grantId: null,
    isRefused: false,
    expiresAt: now + OPEN_TIME,
  }
  await ctx.transact((tx) => insertAuthSession(tx, session, now))
  return { token }
}

/** A session and the application that began it. */
export interface FoundSession {
  session: AuthSessionRow
  app: AppRow
  state: 'open' | 'allowed' | 'refused' | 'over'
}

/** The session of a token; null when there is none, or none any more. */
export async function findSession(ctx: Ctx, token: string): Promise<FoundSession | null> {
  const session = await authSessionByDigest(ctx.db, digestOf(token))
  const app = session && (await appById(ctx.db, session.appId))
  return app ? { session, app, state: stateOf(session) } : null
}

function stateOf({ grantId, isRefused, expiresAt }: AuthSessionRow): FoundSession['state'] {
  if (expiresAt <= Date.now()) return 'over'
  if (isRefused) return 'refused'
  return grantId === null ? 'open' : 'allowed'
}

/** What of an application's wishes a person can allow, what only administrators could, and what means nothing. */
export function sortPermissions(
  names: readonly string[],
  { isAdministrator }: { isAdministrator: boolean },
): { permissions: Permission[]; withheld: Permission[]; unknown: string[] } {
  const known = names.filter(isPermission)
  const isWithheld = (name: string) => !isAdministrator && isAdminPermission(name)
  return {
    permissions: known.filter((name) => !isWithheld(name)),
    withheld: known.filter(isWithheld),
    unknown: names.filter((name) => !isPermission(name)),
  }
}

/** What is put to a person, as it is kept until they answer. */
export interface AppRequest {
  sessionId: string
  /** The callback gets it back. */
  token: string
  app: { id: string; name: string; callbackUrl: string | null }
  permissions: Permission[]
}

/** Keeps the request until the person answers; returns the question's id. */
export const askForApp = (ctx: Ctx, userId: string, request: AppRequest): Promise<string> =>
  ask(ctx, userId, 'app', request)

/** Carries out a person's answer. A refusal is sent to the callback too, with `denied=true`. */
export async function settleApp(
  ctx: Ctx,
  userId: string,
  request: AppRequest,
  decision: Decision,
): Promise<Outcome | 'sessionUsed' | 'expired'> {
  const { sessionId, token, app, permissions } = request
  const settled = decision.allow
    ? await allow(ctx, userId, sessionId, app, {
        permissions: permissions.filter((name) => decision.permissions.includes(name)),
        expiresAt: decision.expiresAt,
      })
    : await refuse(ctx, sessionId)
  if (settled === 'sessionUsed') {
    // A session that was claimed is gone; one that is over stays for longer than any question.
    return (await findSession(ctx, token))?.state === 'over' ? 'expired' : settled
  }
  const callback = readCallback(app.callbackUrl)
  const leads = callback.kind === 'web' || callback.kind === 'app'
  const answered = leads ? withParameter(callback.href, 'token', token) : null
  return {
    allowed: decision.allow,
    sendTo: answered !== null && !decision.allow ? withParameter(answered, 'denied', 'true') : answered,
    name: app.name,
  }
}

/**
 * Allows all an application asks for, for a person whose own client has asked them. Doing so again is the same; what
 * somebody else has allowed, or anyone refused, stays as it is.
 */
export async function acceptSession(
  ctx: Ctx,
  me: { id: string; isAdministrator: boolean },
  token: string,
): Promise<'accepted' | 'noSuchSession'> {
  const found = await findSession(ctx, token)
  if (found?.state === 'open') {
    const { permissions } = sortPermissions(found.app.permission, me)
    const allowed = await allow(ctx, me.id, found.session.id, found.app, { permissions, expiresAt: null })
    if (typeof allowed !== 'string') return 'accepted'
  }
  const after = found && (await findSession(ctx, token))
  return after?.state === 'allowed' && after.session.allowedBy === me.id ? 'accepted' : 'noSuchSession'
}

/** Writes a grant down and ties it to its session, or neither. */
function allow(
  ctx: Ctx,
  userId: string,
  sessionId: string,
  app: { id: string; name: string },
  given: { permissions: readonly string[]; expiresAt: number | null },
): Promise<{ grantId: string } | 'sessionUsed'> {
  const now = Date.now()
  const claimableUntil = now + CLAIM_TIME
  return ctx.transact(async (tx) => {
    const { id: appId, name } = app
    const grant = await writeGrant(tx, ctx, {
      userId,
      kind: 'app',
      appId,
      name,
      iconUrl: null,
      claimableUntil,
      ...given,
    })
    if (typeof grant === 'string') return grant
    const answer = { grantId: grant.id, isRefused: false, expiresAt: claimableUntil }
    return (await answerAuthSession(tx, sessionId, answer, now)) ? { grantId: grant.id } : 'sessionUsed'
  })
}

async function refuse(ctx: Ctx, sessionId: string): Promise<'refused' | 'sessionUsed'> {
  const now = Date.now()
  const answer = { grantId: null, isRefused: true, expiresAt: now + CLAIM_TIME }
  const answered = await ctx.transact(async (tx) => ({ counts: await answerAuthSession(tx, sessionId, answer, now) }))
  return answered.counts ? 'refused' : 'sessionUsed'
}

export type ClaimFailure = 'noSuchApp' | 'noSuchSession' | 'pendingSession' | 'deniedSession'

/** Hands out the token of a session to its application, once: of any number of calls at once, one gets it. */
export async function claimSession(
  ctx: Ctx,
  appSecret: string,
  token: string,
): Promise<{ accessToken: string; userId: string } | ClaimFailure> {
  const app = await appBySecretDigest(ctx.db, digestOf(appSecret))
  if (!app) return 'noSuchApp'
  const found = await findSession(ctx, token)
  if (!found || found.app.id !== app.id || found.state === 'over') return 'noSuchSession'
  if (found.state === 'open') return 'pendingSession'
  if (found.state === 'refused') return 'deniedSession'
  return ctx.transact(async (tx) => {
    const grant = await claimAuthSession(tx, found.session.id, Date.now())
    if (!grant) return 'noSuchSession'
    return { accessToken: await mintToken(tx, ctx, grant, { appSecret }), userId: grant.userId }
  })
}
