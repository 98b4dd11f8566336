import type { Ctx } from '../context.ts'
import { deleteMuting, insertMuting, mutes } from '../db/queries/muting.ts'
import { userById } from '../db/queries/users.ts'

export type MuteFailure = 'muteeIsYourself' | 'noSuchUser' | 'alreadyMuting'

/**
 * Mutes a person.
 * @param expiresAt until when, in milliseconds since 1970; null for until it is ended. One in the past mutes nobody.
 */
export async function mute(
  ctx: Ctx,
  muterId: string,
  muteeId: string,
  expiresAt: number | null,
): Promise<undefined | MuteFailure> {
  if (muterId === muteeId) return 'muteeIsYourself'
  return ctx.transact(async (tx, afterCommit) => {
    const mutee = await userById(tx, muteeId)
    if (!mutee || mutee.isDeleted) return 'noSuchUser'
    const now = Date.now()
    if (expiresAt !== null && expiresAt <= now) {
      return (await mutes(tx, muterId, muteeId, now)) ? 'alreadyMuting' : undefined
    }
    if (!(await insertMuting(tx, { id: ctx.ids.next(), muterId, muteeId, expiresAt }, now))) return 'alreadyMuting'
    afterCommit(() => ctx.bus.publish({ type: 'relation', fromId: muterId, toId: muteeId }))
    return undefined
  })
}

export type UnmuteFailure = 'muteeIsYourself' | 'noSuchUser' | 'notMuting'

/** Ends a mute. */
export async function unmute(ctx: Ctx, muterId: string, muteeId: string): Promise<undefined | UnmuteFailure> {
  if (muterId === muteeId) return 'muteeIsYourself'
  return ctx.transact(async (tx, afterCommit) => {
    if (!(await userById(tx, muteeId))) return 'noSuchUser'
    if (!(await deleteMuting(tx, muterId, muteeId, Date.now()))) return 'notMuting'
    afterCommit(() => ctx.bus.publish({ type: 'relation', fromId: muterId, toId: muteeId }))
    return undefined
  })
}
