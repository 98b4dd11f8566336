import Type from 'typebox'
import { tell } from '../../core/tell.ts'
import { MINUTE } from '../../lib/time.ts'
import { endpoint } from '../endpoint.ts'
import { Nullable } from '../params.ts'

export default endpoint({
  path: 'notifications/create',
  about: 'Notifies the caller of something of an application’s own.',
  auth: 'required',
  permission: 'write:notifications',
  secure: false,
  limit: { max: 10, per: MINUTE },
  params: Type.Object({
    body: Type.String({ maxLength: 4096 }),
    header: Type.Optional(Nullable(Type.String({ maxLength: 512 }))),
    icon: Type.Optional(Nullable(Type.String({ maxLength: 2048 }))),
  }),
  res: null,
  errors: {},
  async handle({ ctx, params, me }) {
    const { credential } = me
    const app = credential.kind === 'access' ? credential : null
    const header = params.header || app?.appName || null
    const icon = params.icon || app?.appIconUrl || null
    await tell(ctx, { userId: me.id, type: 'app', data: { body: params.body, header, icon } })
    return undefined
  },
})
