import Type from 'typebox'
import { createUserList } from '../../../core/user-list.ts'
import { ownList } from '../../../db/queries/user-lists.ts'
import { isoTimeOfId } from '../../../lib/id.ts'
import { UserList } from '../../../views/schema/user-list.ts'
import { showUserLists } from '../../../views/user-list.ts'
import { endpoint } from '../../endpoint.ts'

export default endpoint({
  path: 'users/lists/create',
  about: 'Makes a list of people, empty and private at first.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  refusedToMoved: true,
  params: Type.Object({ name: Type.String({ minLength: 1, maxLength: 100 }) }),
  res: UserList,
  errors: {
    tooManyUserLists: {
      code: 'TOO_MANY_USERLISTS',
      id: '0cf21a28-7715-4f39-a20d-777bfdb8d138',
      message: 'You have as many lists as you may.',
    },
  },
  async handle({ ctx, params: { name }, me, fail }) {
    const list = await createUserList(ctx, me.id, name, me.policies.userListLimit)
    if (typeof list === 'string') return fail(list)
    return { id: list.id, createdAt: isoTimeOfId(list.id), name, userIds: [], isPublic: false }
  },
  async again({ ctx, me }, id) {
    const row = await ownList(ctx.db, id, me.id)
    return row && (await showUserLists(ctx, [row]))[0]
  },
})
