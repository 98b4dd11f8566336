import type { Ctx } from '../context.ts'
import { deleteAssignment, insertAssignment, type RoleRow } from '../db/queries/roles.ts'
import { userById } from '../db/queries/users.ts'
import { notify } from './notify.ts'

/** A role, somebody, and who decides. */
export interface RoleDecision {
  roleId: string
  userId: string
  by: { isAdministrator: boolean }
}

type Refusal = 'noSuchRole' | 'noSuchUser' | 'accessDenied'

/**
 * Gives somebody a role. Moderators give only the roles that say so.
 * @param expiresAt when it ends, milliseconds since 1970; null for until it is taken away. A time past gives nothing.
 */
export async function assignRole(
  ctx: Ctx,
  { roleId, userId, by }: RoleDecision,
  expiresAt: number | null,
): Promise<Refusal | 'alreadyAssigned' | undefined> {
  const role = roleToGive(ctx, roleId, by)
  if (typeof role === 'string') return role
  return ctx.transact(async (tx, afterCommit) => {
    const person = await userById(tx, userId)
    if (!person || person.isDeleted) return 'noSuchUser'
    const now = Date.now()
    if (expiresAt !== null && expiresAt <= now) return undefined
    if (!(await insertAssignment(tx, { id: ctx.ids.next(), roleId, userId, expiresAt }, now))) return 'alreadyAssigned'
    if (role.isPublic) await notify(ctx, tx, afterCommit, { userId, type: 'roleAssigned', roleId })
    afterCommit(() => ctx.bus.publish({ type: 'roles', userId }))
    return undefined
  })
}

/** Takes a role from somebody. Moderators take only the roles that say so. */
export async function unassignRole(
  ctx: Ctx,
  { roleId, userId, by }: RoleDecision,
): Promise<Refusal | 'notAssigned' | undefined> {
  const role = roleToGive(ctx, roleId, by)
  if (typeof role === 'string') return role
  return ctx.transact(async (tx, afterCommit) => {
    const person = await userById(tx, userId)
    if (!person || person.isDeleted) return 'noSuchUser'
    const taken = await deleteAssignment(tx, userId, roleId)
    const hadEnded = taken?.expiresAt != null && taken.expiresAt <= Date.now()
    if (!taken || hadEnded) return 'notAssigned'
    afterCommit(() => ctx.bus.publish({ type: 'roles', userId }))
    return undefined
  })
}

function roleToGive(
  ctx: Ctx,
  roleId: string,
  by: { isAdministrator: boolean },
): RoleRow | 'noSuchRole' | 'accessDenied' {
  const role = ctx.settings.roles().get(roleId)
  if (!role) return 'noSuchRole'
  // Whatever a role says: who could give the one of administrators could make themselves one.
  const isForModerators = role.canEditMembersByModerator && !role.isAdministrator
  return by.isAdministrator || isForModerators ? role : 'accessDenied'
}
