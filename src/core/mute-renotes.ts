import type { Ctx } from '../context.ts'
import { deleteRenoteMuting, insertRenoteMuting } from '../db/queries/muting.ts'
import { userById } from '../db/queries/users.ts'
import type { MuteFailure, UnmuteFailure } from './mute.ts'

/** Mutes what a person renotes without a word of their own. */
export async function muteRenotes(ctx: Ctx, muterId: string, muteeId: string): Promise<undefined | MuteFailure> {
  if (muterId === muteeId) return 'muteeIsYourself'
  return ctx.transact(async (tx, afterCommit) => {
    const mutee = await userById(tx, muteeId)
    if (!mutee || mutee.isDeleted) return 'noSuchUser'
    if (!(await insertRenoteMuting(tx, { id: ctx.ids.next(), muterId, muteeId }))) return 'alreadyMuting'
    afterCommit(() => ctx.bus.publish({ type: 'relation', fromId: muterId, toId: muteeId }))
    return undefined
  })
}

/** Shows a person's renotes again. */
export async function unmuteRenotes(ctx: Ctx, muterId: string, muteeId: string): Promise<undefined | UnmuteFailure> {
  if (muterId === muteeId) return 'muteeIsYourself'
  return ctx.transact(async (tx, afterCommit) => {
    if (!(await userById(tx, muteeId))) return 'noSuchUser'
    if (!(await deleteRenoteMuting(tx, muterId, muteeId))) return 'notMuting'
    afterCommit(() => ctx.bus.publish({ type: 'relation', fromId: muterId, toId: muteeId }))
    return undefined
  })
}
