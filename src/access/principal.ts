import { type Policies, policiesWith } from '../config/policies.ts'
import type { Ctx } from '../context.ts'
import { tokenByDigest } from '../db/queries/grants.ts'
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

/** Whom a token speaks for; null for a token that is unknown, revoked or past its end. */
export async function principalOf(ctx: Ctx, token: string): Promise<Principal | null> {
  const digest = digestOf(token)
  return isNative(token) ? nativePrincipal(ctx, digest) : accessPrincipal(ctx, digest, foldedDigestOf(token))
}

async function nativePrincipal(ctx: Ctx, digest: string): Promise<Principal | null> {
  const row = await sessionByDigest(ctx.db, digest)
  if (!row) return null
  return { ...personOf(ctx, row), credential: { kind: 'native', sessionId: row.sessionId, digest } }
}

async function accessPrincipal(ctx: Ctx, digest: string, folded: string): Promise<Principal | null> {
  const row = await tokenByDigest(ctx.db, digest, folded)
  if (!row) return null
  const now = Date.now()
  const isOver = [row.tokenExpiresAt, row.grantExpiresAt].some((end) => end !== null && end <= now)
  if (isOver) return null
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
  return { ...personOf(ctx, row), credential }
}

interface PersonRow {
  id: string
  username: string
  isSuspended: boolean
  movedToId: string | null
  lastUsedAt: number | null
}

function personOf(ctx: Ctx, { id, username, isSuspended, movedToId, lastUsedAt }: PersonRow) {
  const settings = ctx.settings.current()
  const isRoot = settings.rootUserId === id
  const policies = policiesWith(settings.policies)
  const person = { id, username, isSuspended, movedToId, lastUsedAt }
  return { ...person, isRoot, isModerator: isRoot, isAdministrator: isRoot, policies }
}
