import Type from 'typebox'
import { appById } from '../../db/queries/apps.ts'
import { showApp } from '../../views/app.ts'
import { App } from '../../views/schema/app.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'app/show',
  about: 'A registered application.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ appId: Id() }),
  res: App,
  errors: {
    noSuchApp: {
      code: 'NO_SUCH_APP',
      id: 'dce83913-2dc6-4093-8a7b-71dbb11718a3',
      message: 'There is no such application here.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const app = await appById(ctx.db, params.appId)
    return app ? showApp(ctx, app, me) : fail('noSuchApp')
  },
})
