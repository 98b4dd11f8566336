import Type from 'typebox'
import { block } from '../../core/block.ts'
import { HOUR } from '../../lib/time.ts'
import { UserDetailedNotMe } from '../../views/schema/user-detailed.ts'
import { showUsersDetailed } from '../../views/user.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'blocking/create',
  about: 'Blocks a person: neither follows the other any more, and they can do nothing to the caller.',
  auth: 'required',
  permission: 'write:blocks',
  secure: false,
  limit: { max: 20, per: HOUR },
  params: Type.Object({ userId: Id() }),
  res: UserDetailedNotMe,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '7cc4f851-e2f1-4621-9633-ec9e1d00c01e',
      message: 'There is no such person here.',
    },
    blockeeIsYourself: {
      code: 'BLOCKEE_IS_YOURSELF',
      id: '88b19138-f28d-42c0-8499-6a31bbd0fdc6',
      message: 'Nobody blocks themselves.',
    },
    alreadyBlocking: {
      code: 'ALREADY_BLOCKING',
      id: '787fed64-acb9-464a-82eb-afbd745b9614',
      message: 'You block this person already.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const failure = await block(ctx, me.id, params.userId)
    if (failure) return fail(failure)
    const [person] = await showUsersDetailed(ctx, [params.userId], me)
    return person ?? fail('noSuchUser')
  },
})
