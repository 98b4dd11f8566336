import Type from 'typebox'
import { acceptSession } from '../../access/legacy-app.ts'
import { endpoint } from '../endpoint.ts'

export default endpoint({
  path: 'auth/accept',
  about: 'Allows a registered application all it asks for, in a session it has begun.',
  auth: 'required',
  permission: null,
  secure: true,
  params: Type.Object({ token: Type.String() }),
  res: null,
  errors: {
    noSuchSession: {
      code: 'NO_SUCH_SESSION',
      id: '9c72d8de-391a-43c1-9d06-08d29efde8df',
      message: 'There is no such session, or it was answered before, or it has ended.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const accepted = await acceptSession(ctx, me, params.token)
    return accepted === 'noSuchSession' ? fail(accepted) : undefined
  },
})
