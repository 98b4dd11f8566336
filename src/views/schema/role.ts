import Type from 'typebox'
import { defaultPolicies } from '../../config/policies.ts'
import { component, refTo } from './component.ts'
import { closed, dateTime, id, nullable, oneOf, url } from './fields.ts'
import { schemaLike } from './policies.ts'
import { RoleConditionOrNone } from './role-condition.ts'

/** Of a role, what shows on the people who have it. */
const liteProperties = {
  id,
  name: Type.String(),
  color: nullable(Type.String()),
  iconUrl: nullable(url),
  description: Type.String(),
  isModerator: Type.Boolean(),
  isAdministrator: Type.Boolean(),
  displayOrder: Type.Number(),
}

/** A role, as shown on the people who have it. */
export const roleLiteSchema = component('RoleLite', liteProperties)
export const RoleLite = refTo(roleLiteSchema)
export type RoleLite = Type.Static<typeof RoleLite>

const policies = Object.entries(defaultPolicies).map(([name, value]) => [
  name,
  closed({ useDefault: Type.Boolean(), priority: Type.Integer(), value: schemaLike(name, value) }),
])

/** What a role says of each policy there is. Clients' types know numbers and truths alone. */
type PoliciesOfRole = Record<string, { useDefault: boolean; priority: number; value: number | boolean }>

/** A whole role. */
export const roleSchema = component('Role', {
  ...liteProperties,
  createdAt: dateTime,
  updatedAt: dateTime,
  target: oneOf('manual', 'conditional'),
  condFormula: RoleConditionOrNone,
  isPublic: Type.Boolean(),
  isExplorable: Type.Boolean(),
  asBadge: Type.Boolean(),
  preserveAssignmentOnMoveAccount: Type.Boolean(),
  canEditMembersByModerator: Type.Boolean(),
  policies: Type.Unsafe<PoliciesOfRole>(closed(Object.fromEntries(policies))),
  usersCount: Type.Integer(),
})
export const Role = refTo(roleSchema)
export type Role = Type.Static<typeof Role>
