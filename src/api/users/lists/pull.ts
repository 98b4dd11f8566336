import Type from 'typebox'
import { removeFromList } from '../../../core/list-member.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'users/lists/pull',
  about: 'Takes a person off one of the caller’s lists.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  refusedToMoved: true,
  params: Type.Object({ listId: Id(), userId: Id() }),
  res: null,
  errors: {
    noSuchList: {
      code: 'NO_SUCH_LIST',
      id: '7f44670e-ab16-43b8-b4c1-ccd2ee89cc02',
      message: 'You have no such list.',
    },
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '588e7f72-c744-4a61-b180-d354e912bda2',
      message: 'There is no such person here.',
    },
  },
  async handle({ ctx, params: { listId, userId }, me, fail }) {
    const removed = await removeFromList(ctx, me.id, listId, userId)
    return typeof removed === 'string' ? fail(removed) : undefined
  },
})
