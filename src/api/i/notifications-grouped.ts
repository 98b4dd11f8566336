import Type from 'typebox'
import { readNotifications } from '../../core/read-notifications.ts'
import { KEPT_NOTIFICATIONS, notificationPage } from '../../db/queries/notifications.ts'
import { toPage } from '../../lib/pagination.ts'
import { SECOND } from '../../lib/time.ts'
import { grouped, showGroups } from '../../views/notification.ts'
import { GroupedNotification } from '../../views/schema/notification.ts'
import { endpoint } from '../endpoint.ts'
import { notificationParams, typesOf } from './notification-params.ts'

export default endpoint({
  path: 'i/notifications-grouped',
  about: 'The same as i/notifications, with reactions to one note and renotes of one note put together.',
  auth: 'required',
  permission: 'read:notifications',
  secure: false,
  limit: { max: 30, per: 30 * SECOND },
  params: notificationParams,
  res: Type.Array(GroupedNotification),
  errors: {},
  async handle({ ctx, params, me }) {
    const types = typesOf(params)
    if (types.length === 0) return []
    const page = toPage(params)
    // As many as a person has: how many make a page of groups is known once they are grouped.
    const rows = await notificationPage(ctx.db, me.id, types, { ...page, limit: KEPT_NOTIFICATIONS })
    const shown = await showGroups(ctx, grouped(rows).slice(0, page.limit), me)
    if (params.markAsRead) await readNotifications(ctx, me.id)
    return shown
  },
})
