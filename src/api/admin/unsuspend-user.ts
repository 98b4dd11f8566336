import Type from 'typebox'
import { unsuspendUser } from '../../core/suspend-user.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'admin/unsuspend-user',
  about: 'Ends a suspension.',
  auth: 'moderator',
  permission: 'write:admin:unsuspend-user',
  secure: false,
  params: Type.Object({ userId: Id() }),
  res: null,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '1b7e4d90-6f3c-4a52-8e19-c04b7a5d3f86',
      message: 'There is no such person here.',
    },
  },
  async handle({ ctx, params, fail }) {
    const failure = await unsuspendUser(ctx, params.userId)
    return failure && fail(failure)
  },
})
