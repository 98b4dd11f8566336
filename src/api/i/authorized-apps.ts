import Type from 'typebox'
import { authorizedApps } from '../../db/queries/apps.ts'
import { showApps } from '../../views/app.ts'
import { App } from '../../views/schema/app.ts'
import { endpoint } from '../endpoint.ts'
import { limitParam, OneOf } from '../params.ts'

export default endpoint({
  path: 'i/authorized-apps',
  about: 'The registered applications the caller has allowed something.',
  auth: 'required',
  permission: null,
  secure: true,
  params: Type.Object({
    ...limitParam(),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0 })),
    sort: Type.Optional(OneOf(['desc', 'asc'], { default: 'desc' })),
  }),
  res: Type.Array(App),
  errors: {},
  async handle({ ctx, params: { limit = 10, offset = 0, sort = 'desc' }, me }) {
    return showApps(ctx, await authorizedApps(ctx.db, me.id, { limit, offset, sort }, Date.now()), me)
  },
})
