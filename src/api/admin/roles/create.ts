import Type from 'typebox'
import { createRole } from '../../../core/change-roles.ts'
import { allRoles } from '../../../db/queries/roles.ts'
import { showRole } from '../../../views/role.ts'
import { Role } from '../../../views/schema/role.ts'
import { endpoint } from '../../endpoint.ts'
import { roleContentOf, roleParams } from './params.ts'

export default endpoint({
  path: 'admin/roles/create',
  about: 'Makes a role.',
  auth: 'admin',
  permission: 'write:admin:roles',
  secure: false,
  params: Type.Object(roleParams),
  res: Role,
  errors: {},
  async handle({ ctx, params }) {
    const { iconUrl = null, policies = {} } = roleContentOf(params)
    const { isExplorable = false, preserveAssignmentOnMoveAccount = false } = params
    const { name, description, color, target, condFormula, displayOrder } = params
    const { isPublic, isModerator, isAdministrator, asBadge, canEditMembersByModerator } = params
    const role = await createRole(ctx, {
      ...{ name, description, color, iconUrl, target, condFormula, displayOrder, policies },
      ...{ isPublic, isModerator, isAdministrator, isExplorable, asBadge },
      ...{ preserveAssignmentOnMoveAccount, canEditMembersByModerator },
    })
    return showRole(ctx, role)
  },
  async again({ ctx }, id) {
    const role = (await allRoles(ctx.db)).find((row) => row.id === id)
    return role && showRole(ctx, role)
  },
})
