import Type from 'typebox'
import { unblock } from '../../core/block.ts'
import { HOUR } from '../../lib/time.ts'
import { UserDetailedNotMe } from '../../views/schema/user-detailed.ts'
import { showUsersDetailed } from '../../views/user.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'blocking/delete',
  about: 'Ends a block.',
  auth: 'required',
  permission: 'write:blocks',
  secure: false,
  limit: { max: 100, per: HOUR },
  params: Type.Object({ userId: Id() }),
  res: UserDetailedNotMe,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '8621d8bf-c358-4303-a066-5ea78610eb3f',
      message: 'There is no such person here.',
    },
    blockeeIsYourself: {
      code: 'BLOCKEE_IS_YOURSELF',
      id: '06f6fac6-524b-473c-a354-e97a40ae6eac',
      message: 'Nobody blocks themselves.',
    },
    notBlocking: {
      code: 'NOT_BLOCKING',
      id: '291b2efa-60c6-45c0-9f6a-045c8f9b02cd',
      message: 'You do not block this person.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const failure = await unblock(ctx, me.id, params.userId)
    if (failure) return fail(failure)
    const [person] = await showUsersDetailed(ctx, [params.userId], me)
    return person ?? fail('noSuchUser')
  },
})
