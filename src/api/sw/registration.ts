import Type from 'typebox'
import type { PushSubscriptionRow } from '../../db/queries/push-subscriptions.ts'

export const Endpoint = Type.String({ maxLength: 2048 })

export const registration = { userId: Type.String(), endpoint: Type.String(), sendReadMessage: Type.Boolean() }

/** What a device may know of its subscription. */
export const showRegistration = ({ userId, endpoint, sendReadMessage }: PushSubscriptionRow) => ({
  userId,
  endpoint,
  sendReadMessage,
})
