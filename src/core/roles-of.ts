import type { RoleHolder } from '../context.ts'
import { type RoleRow, readAssignments } from '../db/queries/roles.ts'
import { timeOfId } from '../lib/id.ts'
import { meets } from '../lib/role-condition.ts'

/** Of all roles, those a person was given and those whose condition they meet; oldest first. */
export function rolesOf(roles: ReadonlyMap<string, RoleRow>, person: RoleHolder): readonly RoleRow[] {
  if (roles.size === 0) return []
  const now = Date.now()
  const given = readAssignments(person.assignedRoles).filter(({ endsAt }) => endsAt === null || endsAt > now)
  const roleIds = new Set(given.map(({ roleId }) => roleId))
  const facts = { ...person, createdAt: timeOfId(person.id), roleIds }
  return [...roles.values()].filter(
    ({ id, target, condFormula }) => roleIds.has(id) || (target === 'conditional' && meets(condFormula, facts, now)),
  )
}
