import Type from 'typebox'
import { follow } from '../../core/follow.ts'
import { userById } from '../../db/queries/users.ts'
import { HOUR } from '../../lib/time.ts'
import { UserLite } from '../../views/schema/user-lite.ts'
import { showUserLite } from '../../views/user.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'following/create',
  about: 'Follows a person.',
  auth: 'required',
  permission: 'write:following',
  secure: false,
  refusedToMoved: true,
  limit: { max: 100, per: HOUR },
  params: Type.Object({ userId: Id(), withReplies: Type.Optional(Type.Boolean()) }),
  res: UserLite,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: 'fcd2eef9-a9b2-4c4f-8624-038099e90aa5',
      message: 'There is no such person here.',
    },
    followeeIsYourself: {
      code: 'FOLLOWEE_IS_YOURSELF',
      id: '26fbe7bb-a331-4857-af17-205b426669a9',
      message: 'Nobody follows themselves.',
    },
    alreadyFollowing: {
      code: 'ALREADY_FOLLOWING',
      id: '35387507-38c7-4cb9-9197-300b93783fa0',
      message: 'You follow this person already.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const followed = await follow(ctx, me.id, params.userId, params.withReplies ?? false)
    if (typeof followed === 'string') return fail(followed)
    const followee = await userById(ctx.db, followed.followeeId)
    return followee ? showUserLite(ctx, followee) : fail('noSuchUser')
  },
})
