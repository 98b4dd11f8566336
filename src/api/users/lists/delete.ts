import Type from 'typebox'
import { deleteUserList } from '../../../core/user-list.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'users/lists/delete',
  about: 'Deletes one of the caller’s lists.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  params: Type.Object({ listId: Id() }),
  res: null,
  errors: {
    noSuchList: {
      code: 'NO_SUCH_LIST',
      id: '78436795-db79-42f5-b1e2-55ea2cf19166',
      message: 'You have no such list.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const deleted = await deleteUserList(ctx, me.id, params.listId)
    return typeof deleted === 'string' ? fail(deleted) : undefined
  },
})
