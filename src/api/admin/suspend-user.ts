import Type from 'typebox'
import { suspendUser } from '../../core/suspend-user.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'admin/suspend-user',
  about: 'Suspends somebody: they can do nothing here, and nobody but moderators sees them or their notes.',
  auth: 'moderator',
  permission: 'write:admin:suspend-user',
  secure: false,
  params: Type.Object({ userId: Id() }),
  res: null,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '8c3a2a7b-0a0d-4f0e-9a3c-5d2f6b1e7c44',
      message: 'There is no such person here.',
    },
    isModerator: {
      code: 'CANNOT_SUSPEND_MODERATOR',
      id: 'f2d9b6e1-4c58-4e8a-b1d7-0e6a93c5d218',
      message: 'Whoever moderates the server cannot be suspended: take the role from them first.',
    },
  },
  async handle({ ctx, params, fail }) {
    const failure = await suspendUser(ctx, params.userId)
    return failure && fail(failure)
  },
})
