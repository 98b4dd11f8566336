import type { Ctx } from '../context.ts'
import {
  deleteSubscriptionsAt,
  type PushSubscriptionRow,
  putSubscription,
  setSendReadMessage,
} from '../db/queries/push-subscriptions.ts'

/** Has a person told at an address of a push service; whether that is new, or has new keys. */
export const subscribe = (ctx: Ctx, subscription: Omit<PushSubscriptionRow, 'id'>): Promise<boolean> =>
  ctx.transact((tx) => putSubscription(tx, { ...subscription, id: ctx.ids.next() }))

/** Whether that address is also told when notifications were read. */
export const changeSubscription = (
  ctx: Ctx,
  userId: string,
  endpoint: string,
  sendReadMessage: boolean,
): Promise<PushSubscriptionRow | undefined> =>
  ctx.transact((tx) => setSendReadMessage(tx, userId, endpoint, sendReadMessage))

/** Ends it, for one person or (null) for everybody. */
export const unsubscribe = (ctx: Ctx, endpoint: string, userId: string | null): Promise<void> =>
  ctx.transact((tx) => deleteSubscriptionsAt(tx, endpoint, userId))
