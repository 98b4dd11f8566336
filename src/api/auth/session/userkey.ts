import Type from 'typebox'
import { claimSession } from '../../../access/legacy-app.ts'
import { UserDetailedNotMe } from '../../../views/schema/user-detailed.ts'
import { showUsersDetailed } from '../../../views/user.ts'
import { endpoint } from '../../endpoint.ts'

export default endpoint({
  path: 'auth/session/userkey',
  about: 'Hands a registered application the token a person has allowed it in a session, once.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ appSecret: Type.String(), token: Type.String() }),
  res: Type.Object({ accessToken: Type.String(), user: UserDetailedNotMe }),
  errors: {
    noSuchApp: {
      code: 'NO_SUCH_APP',
      id: 'fcab192a-2c5a-43b7-8ad8-9b7054d8d40d',
      message: 'No application has this secret.',
    },
    noSuchSession: {
      code: 'NO_SUCH_SESSION',
      id: '5b5a1503-8bc8-4bd0-8054-dc189e8cdcb3',
      message: 'The application has no such session, or its token was fetched before, or it has ended.',
    },
    pendingSession: {
      code: 'PENDING_SESSION',
      id: '8c8a4145-02cc-4cca-8e66-29ba60445a8e',
      message: 'The person has not answered yet.',
    },
    deniedSession: {
      code: 'DENIED_SESSION',
      id: '3b0f6d0e-7a52-4e0c-9d49-0e6f1c7a58b2',
      message: 'The person has refused.',
    },
  },
  async handle({ ctx, params, fail }) {
    const claimed = await claimSession(ctx, params.appSecret, params.token)
    if (typeof claimed === 'string') return fail(claimed)
    const [user] = await showUsersDetailed(ctx, [claimed.userId], null)
    return { accessToken: claimed.accessToken, user: user! }
  },
})
