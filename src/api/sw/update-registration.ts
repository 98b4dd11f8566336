import Type from 'typebox'
import { changeSubscription } from '../../core/subscribe.ts'
import { subscriptionAt } from '../../db/queries/push-subscriptions.ts'
import { endpoint } from '../endpoint.ts'
import { Endpoint, registration, showRegistration } from './registration.ts'

export default endpoint({
  path: 'sw/update-registration',
  about: 'Says whether a browser is also told when notifications were read.',
  auth: 'required',
  permission: null,
  secure: true,
  params: Type.Object({ endpoint: Endpoint, sendReadMessage: Type.Optional(Type.Boolean()) }),
  res: Type.Object(registration),
  errors: {
    noSuchRegistration: {
      code: 'NO_SUCH_REGISTRATION',
      id: 'b09d8066-8064-5613-efb6-0e963b21d012',
      message: 'Your notifications are not sent to this address.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const { endpoint: address, sendReadMessage } = params
    const row =
      sendReadMessage === undefined
        ? await subscriptionAt(ctx.db, me.id, address)
        : await changeSubscription(ctx, me.id, address, sendReadMessage)
    return row ? showRegistration(row) : fail('noSuchRegistration')
  },
})
