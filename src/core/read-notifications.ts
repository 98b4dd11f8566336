import type { Ctx } from '../context.ts'
import { deleteNotifications, markReadUpTo, newestUnreadOf } from '../db/queries/notifications.ts'
import { pushReadLater } from './push-later.ts'

/**
 * Marks everything a person was told as read.
 * @param options.always tells the person's other devices even when nothing was unread
 */
export async function readNotifications(ctx: Ctx, userId: string, options: { always?: boolean } = {}): Promise<void> {
  const newest = await newestUnreadOf(ctx.db, userId)
  if (newest !== undefined) {
    await ctx.transact(async (tx, afterCommit) => {
      if (!(await markReadUpTo(tx, userId, newest))) return
      await pushReadLater(ctx, tx, afterCommit, userId)
      afterCommit(() => ctx.bus.publish({ type: 'notificationsRead', userId }))
    })
  } else if (options.always) ctx.bus.publish({ type: 'notificationsRead', userId })
}

/** Deletes everything a person was told. */
export async function flushNotifications(ctx: Ctx, userId: string): Promise<void> {
  await ctx.transact(async (tx, afterCommit) => {
    await deleteNotifications(tx, userId)
    afterCommit(() => ctx.bus.publish({ type: 'notificationsFlushed', userId }))
  })
}
