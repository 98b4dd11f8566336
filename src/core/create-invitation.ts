import { randomInt } from 'node:crypto'
import type { Ctx } from '../context.ts'
import { countInvitationsSince, insertInvitation } from '../db/queries/invitations.ts'
import { takeTurn } from '../db/queries/turns.ts'
import { hmac } from '../lib/crypto.ts'
import { lowestIdAt } from '../lib/id.ts'
import { MINUTE } from '../lib/time.ts'

/** Without the characters that are read for one another. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const LENGTH = 12

export interface Invitation {
  id: string
  code: string
  expiresAt: number | null
}

/**
 * Makes an invitation to sign up; the code is returned here and kept nowhere.
 * @param createdById null when made on the command line
 * @param expiresAt milliseconds since 1970, null for no end
 * @param quota how many the person may make in how long (milliseconds); null for no limit
 */
export async function createInvitation(
  ctx: Ctx,
  createdById: string | null,
  expiresAt: number | null,
  quota: { max: number; per: number } | null = null,
): Promise<Invitation | 'tooManyInvitations'> {
  const code = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return ctx.transact(async (tx) => {
    if (quota && createdById) {
      await takeTurn(tx, `invitations ${createdById}`)
      const made = await countInvitationsSince(tx, createdById, lowestIdAt(Date.now() - quota.per))
      if (made >= quota.max) return 'tooManyInvitations'
    }
    const invitation = { id: ctx.ids.next(), code, expiresAt }
    await insertInvitation(tx, {
      id: invitation.id,
      codeDigest: hmac(ctx.config.key, `invitation ${code}`),
      createdById,
      expiresAt: invitation.expiresAt,
    })
    return invitation
  })
}

/** What the policies say about how many invitations a person may make. */
export const invitationQuota = (policies: { inviteLimit: number; inviteLimitCycle: number }) =>
  policies.inviteLimit > 0 ? { max: policies.inviteLimit, per: policies.inviteLimitCycle * MINUTE } : null
