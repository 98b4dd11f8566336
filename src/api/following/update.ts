import Type from 'typebox'
import { changeFollowing } from '../../core/change-following.ts'
import { userById } from '../../db/queries/users.ts'
import { HOUR } from '../../lib/time.ts'
import { UserLite } from '../../views/schema/user-lite.ts'
import { showUserLite } from '../../views/user.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'
import { followWishes, wishesOf } from './wishes.ts'

export default endpoint({
  path: 'following/update',
  about:
    'Changes what following a person brings: their replies, and a notification of each note. Answers with the caller.',
  auth: 'required',
  permission: 'write:following',
  secure: false,
  limit: { max: 100, per: HOUR },
  params: Type.Object({ userId: Id(), ...followWishes }),
  res: UserLite,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '14318698-f67e-492a-99da-5353a5ac52be',
      message: 'There is no such person here.',
    },
    followeeIsYourself: {
      code: 'FOLLOWEE_IS_YOURSELF',
      id: '4c4cbaf9-962a-463b-8418-a5e365dbf2eb',
      message: 'Nobody follows themselves.',
    },
    notFollowing: {
      code: 'NOT_FOLLOWING',
      id: 'b8dc75cf-1cb5-46c9-b14b-5f1ffbd782c9',
      message: 'You do not follow this person.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const failure = await changeFollowing(ctx, me.id, params.userId, wishesOf(params))
    if (failure) return fail(failure)
    const caller = await userById(ctx.db, me.id)
    return caller ? showUserLite(ctx, caller) : fail('noSuchUser')
  },
})
