import Type from 'typebox'
import { memberPage } from '../../../db/queries/user-lists.ts'
import { toPage } from '../../../lib/pagination.ts'
import { ListMembership } from '../../../views/schema/user-list.ts'
import { showMemberships } from '../../../views/user-list.ts'
import { endpoint } from '../../endpoint.ts'
import { boundParams, Flag, Id, limitParam } from '../../params.ts'
import { readableList } from './readable.ts'

export default endpoint({
  path: 'users/lists/get-memberships',
  about: 'Who is on one of the caller’s lists, or on a public one of anybody.',
  auth: 'none',
  permission: 'read:account',
  secure: false,
  params: Type.Object({ listId: Id(), forPublic: Flag(false), ...limitParam(30), ...boundParams }),
  res: Type.Array(ListMembership),
  errors: {
    noSuchList: {
      code: 'NO_SUCH_LIST',
      id: '7bc05c21-1d7a-41ae-88f1-66820f4dc686',
      message: 'There is no such list, or it is not for you to see.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const list = await readableList(ctx.db, params, me)
    return list ? showMemberships(ctx, await memberPage(ctx.db, list.id, toPage(params, 30))) : fail('noSuchList')
  },
})
