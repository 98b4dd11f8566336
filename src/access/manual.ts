import type { Ctx } from '../context.ts'
import { notify } from '../core/notify.ts'
import { CLAIM_TIME } from './consent.ts'
import { mintToken, type NewGrant, writeGrant } from './grant.ts'

/** What a token made by hand, or for a MiAuth session by the person's own client, is to be. */
export interface TokenRequest {
  /** A MiAuth session the token is also to be claimable for, or null. */
  session: string | null
  name: string | null
  description: string | null
  iconUrl: string | null
  permissions: readonly string[]
  expiresAt: number | null
}

/**
 * Makes a grant and a token of it for a person who asks in their own name. With a MiAuth session the application can
 * claim another token of the same grant.
 */
export function issueToken(
  ctx: Ctx,
  userId: string,
  request: TokenRequest,
): Promise<{ token: string } | 'sessionUsed'> {
  const grant: NewGrant = {
    userId,
    kind: request.session === null ? 'manual' : 'miauth',
    miauthSession: request.session,
    name: request.name,
    description: request.description,
    iconUrl: request.iconUrl,
    permissions: request.permissions,
    expiresAt: request.expiresAt,
    claimableUntil: request.session === null ? null : Date.now() + CLAIM_TIME,
  }
  return ctx.transact(async (tx, afterCommit) => {
    const written = await writeGrant(tx, ctx, grant)
    if (typeof written === 'string') return written
    await notify(ctx, tx, afterCommit, { userId, type: 'createToken' })
    return { token: await mintToken(tx, ctx, { id: written.id, userId }) }
  })
}
