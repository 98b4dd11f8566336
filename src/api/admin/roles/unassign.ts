import Type from 'typebox'
import { unassignRole } from '../../../core/assign-role.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'admin/roles/unassign',
  about: 'Takes a role from somebody.',
  auth: 'moderator',
  permission: 'write:admin:roles',
  secure: false,
  params: Type.Object({ roleId: Id(), userId: Id() }),
  res: null,
  errors: {
    noSuchRole: {
      code: 'NO_SUCH_ROLE',
      id: '6e519036-a70d-4c76-b679-bc8fb18194e2',
      message: 'There is no such role.',
    },
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '2b730f78-1179-461b-88ad-d24c9af1a5ce',
      message: 'There is no such person here.',
    },
    accessDenied: {
      code: 'ACCESS_DENIED',
      id: '24636eee-e8c1-493e-94b2-e16ad401e262',
      message: 'Only administrators give and take this role.',
    },
    notAssigned: {
      code: 'NOT_ASSIGNED',
      id: 'b9060ac7-5c94-4da4-9f55-2047c953df44',
      message: 'This person does not have the role.',
    },
  },
  async handle({ ctx, params: { roleId, userId }, me, fail }) {
    const failure = await unassignRole(ctx, { roleId, userId, by: me })
    return failure && fail(failure)
  },
})
