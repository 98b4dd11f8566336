import Type from 'typebox'
import { readNotifications } from '../../core/read-notifications.ts'
import { notificationPage } from '../../db/queries/notifications.ts'
import { toPage } from '../../lib/pagination.ts'
import { SECOND } from '../../lib/time.ts'
import { showNotifications } from '../../views/notification.ts'
import { Notification } from '../../views/schema/notification.ts'
import { endpoint } from '../endpoint.ts'
import { notificationParams, typesOf } from './notification-params.ts'

export default endpoint({
  path: 'i/notifications',
  about: 'What the caller was told; asking marks all of it as read unless the caller says otherwise.',
  auth: 'required',
  permission: 'read:notifications',
  secure: false,
  limit: { max: 30, per: 30 * SECOND },
  params: notificationParams,
  res: Type.Array(Notification),
  errors: {},
  async handle({ ctx, params, me }) {
    const types = typesOf(params)
    if (types.length === 0) return []
    const rows = await notificationPage(ctx.db, me.id, types, toPage(params))
    const shown = await showNotifications(ctx, rows, me)
    if (params.markAsRead) await readNotifications(ctx, me.id)
    return shown
  },
})
