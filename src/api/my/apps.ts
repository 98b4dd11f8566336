import Type from 'typebox'
import { appsOf } from '../../db/queries/apps.ts'
import { showApps } from '../../views/app.ts'
import { App } from '../../views/schema/app.ts'
import { endpoint } from '../endpoint.ts'
import { limitParam, offsetParam } from '../params.ts'

export default endpoint({
  path: 'my/apps',
  about: 'The applications the caller has registered.',
  auth: 'required',
  permission: 'read:account',
  secure: false,
  params: Type.Object({
    ...limitParam(),
    ...offsetParam,
  }),
  res: Type.Array(App),
  errors: {},
  async handle({ ctx, params: { limit = 10, offset = 0 }, me }) {
    return showApps(ctx, await appsOf(ctx.db, me.id, { limit, offset }), me)
  },
})
