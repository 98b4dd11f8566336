import Type from 'typebox'
import { subscribe } from '../../core/subscribe.ts'
import { subscriptionAt } from '../../db/queries/push-subscriptions.ts'
import { nullable, oneOf } from '../../views/schema/fields.ts'
import { endpoint } from '../endpoint.ts'
import { Flag } from '../params.ts'
import { Endpoint, registration, showRegistration } from './registration.ts'

export default endpoint({
  path: 'sw/register',
  about: 'Has the caller’s notifications sent to a browser by Web Push.',
  auth: 'required',
  permission: null,
  secure: true,
  params: Type.Object({
    endpoint: Endpoint,
    auth: Type.String({ maxLength: 256 }),
    publickey: Type.String({ maxLength: 256 }),
    sendReadMessage: Flag(false),
  }),
  res: Type.Object({
    state: Type.Optional(oneOf('already-subscribed', 'subscribed')),
    key: nullable(Type.String()),
    ...registration,
  }),
  errors: {},
  async handle({ ctx, params, me }) {
    const asked = { ...params, userId: me.id, sendReadMessage: params.sendReadMessage ?? false }
    const { auth, publickey, sendReadMessage, userId } = asked
    const isNew = await subscribe(ctx, { endpoint: asked.endpoint, auth, publickey, sendReadMessage, userId })
    const known = isNew ? undefined : await subscriptionAt(ctx.db, me.id, asked.endpoint)
    return {
      state: isNew ? ('subscribed' as const) : ('already-subscribed' as const),
      key: ctx.settings.current().vapid?.publicKey ?? null,
      ...showRegistration(known ?? { id: '', auth, publickey, userId, sendReadMessage, endpoint: asked.endpoint }),
    }
  },
})
