import Type from 'typebox'
import { showRoles } from '../../views/role.ts'
import { Role } from '../../views/schema/role.ts'
import { endpoint } from '../endpoint.ts'
import { NoParams } from '../params.ts'

export default endpoint({
  path: 'roles/list',
  about: 'The public roles whose members can be looked at, oldest first.',
  auth: 'required',
  permission: 'read:account',
  secure: false,
  params: NoParams,
  res: Type.Array(Role),
  errors: {},
  async handle({ ctx }) {
    const roles = [...ctx.settings.roles().values()]
    return showRoles(
      ctx,
      roles.filter(({ isPublic, isExplorable }) => isPublic && isExplorable),
    )
  },
})
