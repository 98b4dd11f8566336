import Type from 'typebox'
import { subscriptionAt } from '../../db/queries/push-subscriptions.ts'
import { nullable } from '../../views/schema/fields.ts'
import { endpoint } from '../endpoint.ts'
import { Endpoint, registration, showRegistration } from './registration.ts'

export default endpoint({
  path: 'sw/show-registration',
  about: 'Whether the caller’s notifications are sent to a browser.',
  auth: 'required',
  permission: null,
  secure: true,
  params: Type.Object({ endpoint: Endpoint }),
  res: nullable(Type.Object(registration)),
  errors: {},
  async handle({ ctx, params, me }) {
    const row = await subscriptionAt(ctx.db, me.id, params.endpoint)
    return row ? showRegistration(row) : null
  },
})
