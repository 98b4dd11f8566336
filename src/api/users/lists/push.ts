import Type from 'typebox'
import { addToList } from '../../../core/list-member.ts'
import { HOUR } from '../../../lib/time.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'users/lists/push',
  about: 'Puts a person on one of the caller’s lists.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  refusedToMoved: true,
  limit: { max: 30, per: HOUR },
  params: Type.Object({ listId: Id(), userId: Id() }),
  res: null,
  errors: {
    noSuchList: {
      code: 'NO_SUCH_LIST',
      id: '2214501d-ac96-4049-b717-91e42272a711',
      message: 'You have no such list.',
    },
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: 'a89abd3d-f0bc-4cce-beb1-2f446f4f1e6a',
      message: 'There is no such person here.',
    },
    alreadyAdded: {
      code: 'ALREADY_ADDED',
      id: '1de7c884-1595-49e9-857e-61f12f4d4fc5',
      message: 'This person is on the list already.',
    },
    youHaveBeenBlocked: {
      code: 'YOU_HAVE_BEEN_BLOCKED',
      id: '990232c5-3f9d-4d83-9f3f-ef27b6332a4b',
      message: 'This person has blocked you.',
    },
    tooManyUsers: {
      code: 'TOO_MANY_USERS',
      id: '2dd9752e-a338-413d-8eec-41814430989b',
      message: 'As many people are on the list as may be.',
    },
  },
  async handle({ ctx, params: { listId, userId }, me, fail }) {
    const added = await addToList(ctx, me.id, listId, userId, me.policies.userEachUserListsLimit)
    return typeof added === 'string' ? fail(added) : undefined
  },
})
