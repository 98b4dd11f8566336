import type { Ctx } from '../context.ts'
import type { AfterCommit, Db } from '../db/database.ts'
import { deleteGrant, insertAccessToken, insertGrant, tokenByDigest, tokenDigestsOf } from '../db/queries/grants.ts'
import type { GrantKind } from '../db/schema/access.ts'
import { toJson } from '../db/schema/json.ts'
import { sha256 } from '../lib/crypto.ts'
import { digestOf, foldedDigestOf, legacyFormOf, newAccessToken } from './token.ts'

/** What a person allows an application. */
export interface NewGrant {
  userId: string
  kind: GrantKind
  /** The registered application, in the legacy flow. */
  appId?: string
  miauthSession?: string | null
  /** The OAuth client's id, a URL. */
  clientId?: string
  name: string | null
  description?: string | null
  iconUrl: string | null
  permissions: readonly string[]
  /** Milliseconds since 1970; null for until revoked. */
  expiresAt: number | null
  /** Until when the application may claim a token; null when there is nothing to claim. */
  claimableUntil: number | null
}

/** Writes a grant down inside a transaction; its id, or a failure when its MiAuth session was used before. */
export async function writeGrant(tx: Db, ctx: Ctx, grant: NewGrant): Promise<{ id: string } | 'sessionUsed'> {
  const id = ctx.ids.next()
  const isNew = await insertGrant(tx, {
    id,
    userId: grant.userId,
    kind: grant.kind,
    appId: grant.appId ?? null,
    clientId: grant.clientId ?? null,
    miauthDigest: grant.miauthSession == null ? null : sha256(grant.miauthSession),
    name: grant.name,
    description: grant.description ?? null,
    iconUrl: grant.iconUrl,
    permission: toJson(grant.permissions),
    expiresAt: grant.expiresAt,
    claimableUntil: grant.claimableUntil,
  })
  return isNew ? { id } : 'sessionUsed'
}

/** What a token is when it is not of the usual kind. */
export interface TokenForm {
  /** The secret of the legacy flow, where what is made of token and secret is accepted too. */
  appSecret?: string
  /** The token itself, where clients expect another length. */
  token?: string
}

/** Mints a token of a grant inside a transaction. This is the only moment it can be seen. */
export async function mintToken(
  tx: Db,
  ctx: Ctx,
  grant: { id: string; userId: string },
  { appSecret, token = newAccessToken() }: TokenForm = {},
): Promise<string> {
  await insertAccessToken(tx, {
    id: ctx.ids.next(),
    grantId: grant.id,
    userId: grant.userId,
    digest: digestOf(token),
    legacyDigest: appSecret === undefined ? null : foldedDigestOf(legacyFormOf(token, appSecret)),
    family: null,
    proofKey: null,
    expiresAt: null,
  })
  return token
}

/** Ends a person's grant: its tokens are dead at once. Whether there was one. */
export const revokeGrant = (ctx: Ctx, userId: string, grantId: string): Promise<boolean> =>
  ctx.transact((tx, afterCommit) => endGrant(tx, ctx, afterCommit, userId, grantId))

/** The same inside a transaction. */
export async function endGrant(
  tx: Db,
  ctx: Ctx,
  afterCommit: AfterCommit,
  userId: string,
  grantId: string,
): Promise<boolean> {
  const digests = await tokenDigestsOf(tx, grantId)
  if (!(await deleteGrant(tx, userId, grantId))) return false
  for (const digest of digests) afterCommit(() => ctx.bus.publish({ type: 'tokenRevoked', digest }))
  return true
}

/** The grant one of a person's tokens comes from; null for a token that is unknown or someone else's. */
export async function grantOfToken(ctx: Ctx, userId: string, token: string): Promise<string | null> {
  const row = await tokenByDigest(ctx.db, digestOf(token), foldedDigestOf(token))
  return row?.id === userId ? row.grantId : null
}
