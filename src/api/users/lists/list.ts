import Type from 'typebox'
import { listsOf } from '../../../db/queries/user-lists.ts'
import { userById } from '../../../db/queries/users.ts'
import { UserList } from '../../../views/schema/user-list.ts'
import { showUserLists } from '../../../views/user-list.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'users/lists/list',
  about: 'The caller’s lists, or the public lists of a person.',
  auth: 'none',
  permission: 'read:account',
  secure: false,
  params: Type.Object({ userId: Type.Optional(Id()) }),
  res: Type.Array(UserList),
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: 'a8af4a82-0980-4cc4-a6af-8b0ffd54465e',
      message: 'There is no such person here.',
    },
    invalidParam: {
      code: 'INVALID_PARAM',
      id: 'ab36de0e-29e9-48cb-9732-d82f1281620d',
      message: 'Say whose lists: nobody is signed in.',
    },
  },
  async handle({ ctx, params: { userId }, me, fail }) {
    if (userId === undefined) {
      if (!me) return fail('invalidParam')
      return showUserLists(ctx, await listsOf(ctx.db, me.id, { publicOnly: false }))
    }
    const user = await userById(ctx.db, userId)
    if (!user || user.isDeleted) return fail('noSuchUser')
    return showUserLists(ctx, await listsOf(ctx.db, userId, { publicOnly: true }))
  },
})
