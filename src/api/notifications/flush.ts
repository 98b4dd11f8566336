import { flushNotifications } from '../../core/read-notifications.ts'
import { endpoint } from '../endpoint.ts'
import { NoParams } from '../params.ts'

export default endpoint({
  path: 'notifications/flush',
  about: 'Deletes everything the caller was told.',
  auth: 'required',
  permission: 'write:notifications',
  secure: false,
  params: NoParams,
  res: null,
  errors: {},
  async handle({ ctx, me }) {
    await flushNotifications(ctx, me.id)
    return undefined
  },
})
