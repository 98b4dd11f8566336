import Type from 'typebox'
import { acceptRequest } from '../../../core/follow-requests.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'following/requests/accept',
  about: 'Lets a person follow who has asked to.',
  auth: 'required',
  permission: 'write:following',
  secure: false,
  params: Type.Object({ userId: Id() }),
  res: null,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '66ce1645-d66c-46bb-8b79-96739af885bd',
      message: 'There is no such person here.',
    },
    noFollowRequest: {
      code: 'NO_FOLLOW_REQUEST',
      id: 'bcde4f8b-0913-4614-8881-614e522fb041',
      message: 'This person has not asked to follow you.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const failure = await acceptRequest(ctx, me.id, params.userId)
    return failure && fail(failure)
  },
})
