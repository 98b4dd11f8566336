import Type from 'typebox'
import { updateUserList } from '../../../core/user-list.ts'
import { ownList } from '../../../db/queries/user-lists.ts'
import { UserList } from '../../../views/schema/user-list.ts'
import { showUserLists } from '../../../views/user-list.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'users/lists/update',
  about: 'Renames one of the caller’s lists, or makes it public or private.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  params: Type.Object({
    listId: Id(),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    isPublic: Type.Optional(Type.Boolean()),
  }),
  res: UserList,
  errors: {
    noSuchList: {
      code: 'NO_SUCH_LIST',
      id: '796666fe-3dff-4d39-becb-8a5932c1d5b7',
      message: 'You have no such list.',
    },
  },
  async handle({ ctx, params: { listId, name, isPublic }, me, fail }) {
    const updated = await updateUserList(ctx, me.id, listId, { name, isPublic })
    if (typeof updated === 'string') return fail(updated)
    const row = await ownList(ctx.db, listId, me.id)
    const [list] = row ? await showUserLists(ctx, [row]) : []
    return list ?? fail('noSuchList')
  },
})
