import Type from 'typebox'
import { rejectRequest } from '../../../core/follow-requests.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'following/requests/reject',
  about: 'Refuses a person who has asked to follow.',
  auth: 'required',
  permission: 'write:following',
  secure: false,
  params: Type.Object({ userId: Id() }),
  res: null,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: 'abc2ffa6-25b2-4380-ba99-321ff3a94555',
      message: 'There is no such person here.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const failure = await rejectRequest(ctx, me.id, params.userId)
    return failure && fail(failure)
  },
})
