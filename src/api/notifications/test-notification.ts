import { tell } from '../../core/tell.ts'
import { MINUTE } from '../../lib/time.ts'
import { endpoint } from '../endpoint.ts'
import { NoParams } from '../params.ts'

export default endpoint({
  path: 'notifications/test-notification',
  about: 'Notifies the caller, for them to see that notifications arrive.',
  auth: 'required',
  permission: 'write:notifications',
  secure: false,
  limit: { max: 10, per: MINUTE },
  params: NoParams,
  res: null,
  errors: {},
  async handle({ ctx, me }) {
    await tell(ctx, { userId: me.id, type: 'test' })
    return undefined
  },
})
