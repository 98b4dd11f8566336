import Type from 'typebox'
import { showRole } from '../../views/role.ts'
import { Role } from '../../views/schema/role.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'roles/show',
  about: 'One public role.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ roleId: Id() }),
  res: Role,
  errors: {
    noSuchRole: {
      code: 'NO_SUCH_ROLE',
      id: 'de5502bf-009a-4639-86c1-fec349e46dcb',
      message: 'There is no such role, or it is not public.',
    },
  },
  async handle({ ctx, params, fail }) {
    const role = ctx.settings.roles().get(params.roleId)
    return role?.isPublic ? showRole(ctx, role) : fail('noSuchRole')
  },
})
