import { type Policies, policiesWith } from '../config/policies.ts'
import type { Ctx } from '../context.ts'
import { memberCounts, type RoleRow } from '../db/queries/roles.ts'
import { isoTimeOfId } from '../lib/id.ts'
import type { Role, RoleLite } from './schema/role.ts'
import type { RoleCondition } from './schema/role-condition.ts'
import type { UserLite } from './schema/user-lite.ts'

const byDisplayOrder = (one: RoleRow, other: RoleRow): number => other.displayOrder - one.displayOrder

/** The badges a person wears beside their name; moderators see those of roles that are not public, too. */
export const showBadges = (
  roles: readonly RoleRow[],
  viewer: { isModerator: boolean } | null,
): UserLite['badgeRoles'] =>
  roles
    .filter(({ asBadge, isPublic }) => asBadge && (isPublic || viewer?.isModerator))
    .sort(byDisplayOrder)
    .map(({ name, iconUrl, displayOrder }) => ({ name, iconUrl, displayOrder }))

/** The roles everyone sees that a person has. */
export const showRolesOfPerson = (roles: readonly RoleRow[]): RoleLite[] =>
  roles
    .filter(({ isPublic }) => isPublic)
    .sort(byDisplayOrder)
    .map(showRoleLite)

const showRoleLite = (row: RoleRow): RoleLite => ({
  id: row.id,
  name: row.name,
  color: row.color,
  iconUrl: row.iconUrl,
  description: row.description,
  isModerator: row.isModerator,
  isAdministrator: row.isAdministrator,
  displayOrder: row.displayOrder,
})

/** Roles in full, with how many people were given each. */
export async function showRoles(ctx: Ctx, rows: readonly RoleRow[]): Promise<Role[]> {
  const ids = rows.map(({ id }) => id)
  const counts = await memberCounts(ctx.db, ids, Date.now())
  const ofEveryone = policiesWith(ctx.settings.current().policies)
  return rows.map((row) => ({
    ...showRoleLite(row),
    createdAt: isoTimeOfId(row.id),
    updatedAt: new Date(row.updatedAt).toISOString(),
    target: row.target,
    condFormula: row.condFormula as RoleCondition,
    isPublic: row.isPublic,
    isExplorable: row.isExplorable,
    asBadge: row.asBadge,
    preserveAssignmentOnMoveAccount: row.preserveAssignmentOnMoveAccount,
    canEditMembersByModerator: row.canEditMembersByModerator,
    policies: policiesIn(row, ofEveryone),
    usersCount: counts.get(row.id) ?? 0,
  }))
}

/** One role in full. */
export const showRole = async (ctx: Ctx, row: RoleRow): Promise<Role> => (await showRoles(ctx, [row]))[0]!

/** What a role says of every policy there is; where it says nothing, what applies to everyone. */
const policiesIn = ({ policies }: RoleRow, ofEveryone: Policies): Role['policies'] =>
  Object.fromEntries(
    Object.entries(ofEveryone).map(([name, value]) => [
      name,
      policies[name] ?? { useDefault: true, priority: 0, value },
    ]),
  ) as Role['policies']
