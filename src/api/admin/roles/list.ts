import Type from 'typebox'
import { showRoles } from '../../../views/role.ts'
import { Role } from '../../../views/schema/role.ts'
import { endpoint } from '../../endpoint.ts'
import { NoParams } from '../../params.ts'

export default endpoint({
  path: 'admin/roles/list',
  about: 'Every role, newest first.',
  auth: 'moderator',
  permission: 'read:admin:roles',
  secure: false,
  params: NoParams,
  res: Type.Array(Role),
  errors: {},
  async handle({ ctx }) {
    return showRoles(ctx, [...ctx.settings.roles().values()].reverse())
  },
})
