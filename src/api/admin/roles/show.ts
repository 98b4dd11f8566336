import Type from 'typebox'
import { showRole } from '../../../views/role.ts'
import { Role } from '../../../views/schema/role.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'admin/roles/show',
  about: 'One role, public or not.',
  auth: 'moderator',
  permission: 'read:admin:roles',
  secure: false,
  params: Type.Object({ roleId: Id() }),
  res: Role,
  errors: {
    noSuchRole: {
      code: 'NO_SUCH_ROLE',
      id: '07dc7d34-c0d8-49b7-96c6-db3ce64ee0b3',
      message: 'There is no such role.',
    },
  },
  async handle({ ctx, params, fail }) {
    const role = ctx.settings.roles().get(params.roleId)
    return role ? showRole(ctx, role) : fail('noSuchRole')
  },
})
