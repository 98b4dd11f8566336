import Type from 'typebox'
import { cancelRequest } from '../../../core/follow-requests.ts'
import { UserLite } from '../../../views/schema/user-lite.ts'
import { showUserLite } from '../../../views/user.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'following/requests/cancel',
  about: 'Takes back a request to follow a person.',
  auth: 'required',
  permission: 'write:following',
  secure: false,
  params: Type.Object({ userId: Id() }),
  res: UserLite,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '4e68c551-fc4c-4e46-bb41-7d4a37bf9dab',
      message: 'There is no such person here.',
    },
    followRequestNotFound: {
      code: 'FOLLOW_REQUEST_NOT_FOUND',
      id: '089b125b-d338-482a-9a09-e2622ac9f8d4',
      message: 'You have not asked to follow this person.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const person = await cancelRequest(ctx, me.id, params.userId)
    return typeof person === 'string' ? fail(person) : showUserLite(ctx, person)
  },
})
