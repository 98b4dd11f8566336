import Type from 'typebox'
import { changeMembership } from '../../../core/list-member.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'users/lists/update-membership',
  about: 'Says whether one of the caller’s lists shows what a person on it replies to others.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  refusedToMoved: true,
  params: Type.Object({ listId: Id(), userId: Id(), withReplies: Type.Optional(Type.Boolean()) }),
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
      message: 'There is no such person on the list.',
    },
  },
  async handle({ ctx, params: { listId, userId, withReplies }, me, fail }) {
    const changed = await changeMembership(ctx, me.id, listId, userId, { withReplies })
    return typeof changed === 'string' ? fail(changed) : undefined
  },
})
