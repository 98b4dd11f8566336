import Type from 'typebox'
import { beginSession } from '../../../access/legacy-app.ts'
import { endpoint } from '../../endpoint.ts'

export default endpoint({
  path: 'auth/session/generate',
  about: 'Begins a session of a registered application: at its address a person allows or refuses what it asks for.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ appSecret: Type.String() }),
  res: Type.Object({ token: Type.String(), url: Type.String() }),
  errors: {
    noSuchApp: {
      code: 'NO_SUCH_APP',
      id: '92f93e63-428e-4f2f-a5a4-39e1407fe998',
      message: 'No application has this secret.',
    },
  },
  async handle({ ctx, params, fail }) {
    const session = await beginSession(ctx, params.appSecret)
    if (typeof session === 'string') return fail(session)
    return { token: session.token, url: `${ctx.config.url}/auth/${session.token}` }
  },
})
