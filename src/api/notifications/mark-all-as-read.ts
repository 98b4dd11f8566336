import { readNotifications } from '../../core/read-notifications.ts'
import { endpoint } from '../endpoint.ts'
import { NoParams } from '../params.ts'

export default endpoint({
  path: 'notifications/mark-all-as-read',
  about: 'Marks everything the caller was told as read.',
  auth: 'required',
  permission: 'write:notifications',
  secure: false,
  params: NoParams,
  res: null,
  errors: {},
  async handle({ ctx, me }) {
    await readNotifications(ctx, me.id, { always: true })
    return undefined
  },
})
