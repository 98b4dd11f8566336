import type { Policies } from '../config/policies.ts'
import type { Ctx, RoleHolder } from '../context.ts'
import { tokenByDigest } from '../db/queries/grants.ts'
import { readAssignments } from '../db/queries/roles.ts'
import { sessionByDigest } from '../db/queries/sessions.ts'
import { digestOf, foldedDigestOf, isNative } from './token.ts'

/** The token a call came with. */
export type Credential =
  | { kind: 'native'; sessionId: string; digest: string }
  | {
      kind: 'access'
      tokenId: string
      grantId: string
      digest: string
      permissions: ReadonlySet<string>
      appName: string | null
      appIconUrl: string | null
    }

/** Who calls, and by what token. */
export interface Principal {
  id: string
  username: string
  isSuspended: boolean
  movedToId: string | null
  /** The account that administers the server whatever roles say. */
  isRoot: boolean
  isModerator: boolean
  isAdministrator: boolean
  /** What they may do, and how much of it. */
  policies: Policies
  credential: Credential
  /** Milliseconds since 1970; null when the token was never used. */
  lastUsedAt: number | null
}

/** What was found out about a token. */
export interface LookedUp {
  principal: Principal
  /** When it ceases to hold by itself, milliseconds since 1970; null for never. */
  endsAt: number | null
}

/** Whom a token speaks for; null for a token that is unknown, revoked or past its end. Asks the database. */
export async function lookUp(ctx: Ctx, token: string): Promise<LookedUp | null> {
  const digest = digestOf(token)
  return isNative(token) ? nativeCaller(ctx, digest) : accessCaller(ctx, digest, foldedDigestOf(token))
}

/** The same without when it ends. */
export const principalOf = async (ctx: Ctx, token: string): Promise<Principal | null> =>
  (await lookUp(ctx, token))?.principal ?? null

async function nativeCaller(ctx: Ctx, digest: string): Promise<LookedUp | null> {
  const row = await sessionByDigest(ctx.db, digest)
  return row ? caller(ctx, row, { kind: 'native', sessionId: row.sessionId, digest }, []) : null
}

async function accessCaller(ctx: Ctx, digest: string, folded: string): Promise<LookedUp | null> {
  const row = await tokenByDigest(ctx.db, digest, folded)
  if (!row) return null
  const now = Date.now()
  const ends = [row.tokenExpiresAt, row.grantExpiresAt].filter((end) => end !== null)
  if (ends.some((end) => end <= now)) return null
  const { tokenId, grantId, permission, appName, appIconUrl } = row
  const credential: Credential = {
    kind: 'access',
    tokenId,
    grantId,
    digest: row.digest,
    permissions: new Set(permission),
    appName,
    appIconUrl,
  }
  return caller(ctx, row, credential, ends)
}

interface PersonRow extends RoleHolder {
  username: string
  movedToId: string | null
  lastUsedAt: number | null
}

/** @param ends when the token ceases to work, whichever comes first */
function caller(ctx: Ctx, row: PersonRow, credential: Credential, ends: readonly number[]): LookedUp {
  const { id, username, isSuspended, movedToId, lastUsedAt } = row
  const isRoot = ctx.settings.current().rootUserId === id
  const roles = ctx.settings.rolesOf(row)
  const isAdministrator = isRoot || roles.some((role) => role.isAdministrator)
  const isModerator = isAdministrator || roles.some((role) => role.isModerator)
  const policies = ctx.settings.policiesOf(row)
  const person = { id, username, isSuspended, movedToId, lastUsedAt, isRoot, isModerator, isAdministrator, policies }
  const now = Date.now()
  const roleEnds = readAssignments(row.assignedRoles).flatMap(({ endsAt }) =>
    endsAt !== null && endsAt > now ? endsAt : [],
  )
  const endsAt = Math.min(...ends, ...roleEnds)
  return { principal: { ...person, credential }, endsAt: Number.isFinite(endsAt) ? endsAt : null }
}
