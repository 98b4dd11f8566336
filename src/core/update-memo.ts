import type { Ctx } from '../context.ts'
import { deleteMemo, putMemo } from '../db/queries/memos.ts'
import { userById } from '../db/queries/users.ts'

/**
 * Notes something about somebody, for oneself alone.
 * @param memo null to forget what was noted
 */
export async function updateMemo(
  ctx: Ctx,
  userId: string,
  targetId: string,
  memo: string | null,
): Promise<'noSuchUser' | undefined> {
  return ctx.transact(async (tx, afterCommit) => {
    const target = await userById(tx, targetId)
    if (!target || target.isDeleted) return 'noSuchUser'
    if (memo === null) await deleteMemo(tx, userId, targetId)
    else await putMemo(tx, userId, targetId, memo)
    afterCommit(() => ctx.bus.publish({ type: 'relation', fromId: userId, toId: targetId }))
    return undefined
  })
}
