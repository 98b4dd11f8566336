import Type from 'typebox'
import { deleteRole } from '../../../core/change-roles.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'admin/roles/delete',
  about: 'Deletes a role and takes it from everyone.',
  auth: 'admin',
  permission: 'write:admin:roles',
  secure: false,
  params: Type.Object({ roleId: Id() }),
  res: null,
  errors: {
    noSuchRole: {
      code: 'NO_SUCH_ROLE',
      id: 'de0d6ecd-8e0a-4253-88ff-74bc89ae3d45',
      message: 'There is no such role.',
    },
  },
  async handle({ ctx, params, fail }) {
    const failure = await deleteRole(ctx, params.roleId)
    return failure && fail(failure)
  },
})
