import Type from 'typebox'
import { UserListShown } from '../../../views/schema/user-list.ts'
import { showUserLists } from '../../../views/user-list.ts'
import { endpoint } from '../../endpoint.ts'
import { Flag, Id } from '../../params.ts'
import { readableList } from './readable.ts'

export default endpoint({
  path: 'users/lists/show',
  about: 'One of the caller’s lists, or a public one of anybody.',
  auth: 'none',
  permission: 'read:account',
  secure: false,
  params: Type.Object({ listId: Id(), forPublic: Flag(false) }),
  res: UserListShown,
  errors: {
    noSuchList: {
      code: 'NO_SUCH_LIST',
      id: '7bc05c21-1d7a-41ae-88f1-66820f4dc686',
      message: 'There is no such list, or it is not for you to see.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const row = await readableList(ctx.db, params, me)
    const [list] = row ? await showUserLists(ctx, [row]) : []
    if (!list) return fail('noSuchList')
    return params.forPublic ? { ...list, likedCount: 0, isLiked: false } : list
  },
})
