import type { Ctx } from '../../context.ts'
import { notificationById } from '../../db/queries/notifications.ts'
import { deleteSubscription, subscriptionById } from '../../db/queries/push-subscriptions.ts'
import { accountOf } from '../../db/queries/users.ts'
import type { JobData } from '../../db/schema/jobs.ts'
import { showNotifications } from '../../views/notification.ts'
import type { Handler } from '../handler.ts'
import { notificationMessage, readMessage } from '../push-message.ts'
import { sendPush } from '../send-push.ts'

/** Sends a notification to one device, or that everything was read. */
export const push: Handler<JobData['push']> = async (ctx, { data, signal }) => {
  const subscription = await subscriptionById(ctx.db, data.subscriptionId)
  if (!subscription) return undefined
  const { userId } = subscription
  const message =
    data.notificationId === null ? readMessage(userId, Date.now()) : await text(ctx, userId, data.notificationId)
  if (message === null) return undefined
  const outcome = await sendPush(ctx, subscription, message, signal)
  if (outcome === 'later') return 'again'
  if (outcome === 'gone') await ctx.transact((tx) => deleteSubscription(tx, subscription))
  if (outcome === 'refused') ctx.log.info({ subscription: subscription.id }, 'A push service refused a message')
  return undefined
}

/** What is to be sent of a notification; null when it was read meanwhile, or is gone. */
async function text(ctx: Ctx, userId: string, notificationId: string): Promise<string | null> {
  const row = await notificationById(ctx.db, userId, notificationId)
  const account = await accountOf(ctx.db, userId)
  if (!row || !account) return null
  if (row.id <= account.readNotificationId && row.type !== 'test') return null
  const [notification] = await showNotifications(ctx, [row], { id: userId, isModerator: false })
  return notification ? notificationMessage(notification, userId, Date.now()) : null
}
