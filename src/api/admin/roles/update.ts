import Type from 'typebox'
import { changeRole } from '../../../core/change-roles.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'
import { roleContentOf, roleParams } from './params.ts'

export default endpoint({
  path: 'admin/roles/update',
  about: 'Changes what is given of a role.',
  auth: 'admin',
  permission: 'write:admin:roles',
  secure: false,
  params: Type.Object({ roleId: Id(), ...Type.Partial(Type.Object(roleParams)).properties }),
  res: null,
  errors: {
    noSuchRole: {
      code: 'NO_SUCH_ROLE',
      id: 'cd23ef55-09ad-428a-ac61-95a45e124b32',
      message: 'There is no such role.',
    },
  },
  async handle({ ctx, params: { roleId, ...params }, fail }) {
    const failure = await changeRole(ctx, roleId, roleContentOf(params))
    return failure && fail(failure)
  },
})
