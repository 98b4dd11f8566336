import Type from 'typebox'
import { unfollow } from '../../core/follow.ts'
import { HOUR } from '../../lib/time.ts'
import { UserLite } from '../../views/schema/user-lite.ts'
import { showUserLite } from '../../views/user.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'following/delete',
  about: 'Stops following a person.',
  auth: 'required',
  permission: 'write:following',
  secure: false,
  limit: { max: 100, per: HOUR },
  params: Type.Object({ userId: Id() }),
  res: UserLite,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '5b12c78d-2b28-4dca-99d2-f56139b42ff8',
      message: 'There is no such person here.',
    },
    followeeIsYourself: {
      code: 'FOLLOWEE_IS_YOURSELF',
      id: 'd9e400b9-36b0-4808-b1d8-79e707f1296c',
      message: 'Nobody follows themselves.',
    },
    notFollowing: {
      code: 'NOT_FOLLOWING',
      id: '5dbf82f5-c92b-40b1-87d1-6c8c0741fd09',
      message: 'You do not follow this person.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const person = await unfollow(ctx, me.id, params.userId)
    return typeof person === 'string' ? fail(person) : showUserLite(ctx, person)
  },
})
