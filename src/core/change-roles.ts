import type { RolePolicies } from '../config/policies.ts'
import type { Ctx } from '../context.ts'
import { deleteRoleRow, insertRole, type RoleRow, updateRole } from '../db/queries/roles.ts'
import { toJson } from '../db/schema/json.ts'
import type { Condition } from '../lib/role-condition.ts'

/** What an administrator says of a role. */
export interface RoleContent {
  name: string
  description: string
  color: string | null
  iconUrl: string | null
  target: 'manual' | 'conditional'
  condFormula: Condition
  isPublic: boolean
  isModerator: boolean
  isAdministrator: boolean
  isExplorable: boolean
  asBadge: boolean
  preserveAssignmentOnMoveAccount: boolean
  canEditMembersByModerator: boolean
  displayOrder: number
  policies: RolePolicies
}

/** Makes a role. */
export async function createRole(ctx: Ctx, content: RoleContent): Promise<RoleRow> {
  const row: RoleRow = { id: ctx.ids.next(), updatedAt: Date.now(), ...content }
  await ctx.transact(async (tx, afterCommit) => {
    await insertRole(tx, { ...row, condFormula: toJson(row.condFormula), policies: toJson(row.policies) })
    afterCommit(() => ctx.bus.publish({ type: 'roles', userId: null }))
    return { id: row.id }
  })
  await ctx.settings.reload()
  return row
}

/** Changes what is given of a role. */
export async function changeRole(
  ctx: Ctx,
  id: string,
  { condFormula, policies, ...changes }: Partial<RoleContent>,
): Promise<'noSuchRole' | undefined> {
  const failure = await ctx.transact(async (tx, afterCommit) => {
    const isThere = await updateRole(tx, id, {
      ...changes,
      updatedAt: Date.now(),
      ...(condFormula && { condFormula: toJson(condFormula) }),
      ...(policies && { policies: toJson(policies) }),
    })
    if (!isThere) return 'noSuchRole'
    afterCommit(() => ctx.bus.publish({ type: 'roles', userId: null }))
    return undefined
  })
  await ctx.settings.reload()
  return failure
}

/** Deletes a role; nobody has it any more. */
export async function deleteRole(ctx: Ctx, id: string): Promise<'noSuchRole' | undefined> {
  const failure = await ctx.transact(async (tx, afterCommit) => {
    if (!(await deleteRoleRow(tx, id))) return 'noSuchRole'
    afterCommit(() => ctx.bus.publish({ type: 'roles', userId: null }))
    return undefined
  })
  await ctx.settings.reload()
  return failure
}
