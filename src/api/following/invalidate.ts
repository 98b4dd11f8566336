import Type from 'typebox'
import { removeFollower } from '../../core/follow.ts'
import { HOUR } from '../../lib/time.ts'
import { UserLite } from '../../views/schema/user-lite.ts'
import { showUserLite } from '../../views/user.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'following/invalidate',
  about: 'Makes a person stop following the caller.',
  auth: 'required',
  permission: 'write:following',
  secure: false,
  limit: { max: 100, per: HOUR },
  params: Type.Object({ userId: Id() }),
  res: UserLite,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: 'b77e6ae6-a3e5-40da-9cc8-c240115479cc',
      message: 'There is no such person here.',
    },
    followerIsYourself: {
      code: 'FOLLOWER_IS_YOURSELF',
      id: '07dc03b9-03da-422d-885b-438313707662',
      message: 'Nobody follows themselves.',
    },
    notFollowing: {
      code: 'NOT_FOLLOWING',
      id: '918faac3-074f-41ae-9c43-ed5d2946770d',
      message: 'This person does not follow you.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const person = await removeFollower(ctx, me.id, params.userId)
    return typeof person === 'string' ? fail(person) : showUserLite(ctx, person)
  },
})
