import Type from 'typebox'
import { findSession } from '../../../access/legacy-app.ts'
import { showApp } from '../../../views/app.ts'
import { App } from '../../../views/schema/app.ts'
import { endpoint } from '../../endpoint.ts'

export default endpoint({
  path: 'auth/session/show',
  about: 'A session of a registered application, and the application.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ token: Type.String() }),
  res: Type.Object({ id: Type.String(), app: App, token: Type.String() }),
  errors: {
    noSuchSession: {
      code: 'NO_SUCH_SESSION',
      id: 'bd72c97d-eba7-4adb-a467-f171b8847250',
      message: 'There is no such session, or it has ended.',
    },
  },
  async handle({ ctx, params: { token }, me, fail }) {
    const found = await findSession(ctx, token)
    if (!found || found.state === 'over') return fail('noSuchSession')
    return { id: found.session.id, app: await showApp(ctx, found.app, me), token }
  },
})
