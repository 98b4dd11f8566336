import type { Ctx } from '../context.ts'
import { setSuspended, userById } from '../db/queries/users.ts'

/**
 * Suspends somebody: their tokens do nothing that needs a person, and nobody but moderators sees them or their notes.
 * Nothing is lost: `unsuspendUser` brings all of it back. Those who moderate keep their access until their role is taken.
 */
export async function suspendUser(ctx: Ctx, userId: string): Promise<'noSuchUser' | 'isModerator' | undefined> {
  return ctx.transact(async (tx, afterCommit) => {
    const person = await userById(tx, userId)
    if (!person || person.isDeleted) return 'noSuchUser'
    const isRoot = ctx.settings.current().rootUserId === userId
    const moderates = ctx.settings.rolesOf(person).some((role) => role.isModerator || role.isAdministrator)
    if (isRoot || moderates) return 'isModerator'
    await setSuspended(tx, userId, true)
    afterCommit(() => ctx.bus.publish({ type: 'user', id: userId }))
    return undefined
  })
}

/** Ends a suspension. */
export async function unsuspendUser(ctx: Ctx, userId: string): Promise<'noSuchUser' | undefined> {
  return ctx.transact(async (tx, afterCommit) => {
    const person = await userById(tx, userId)
    if (!person || person.isDeleted) return 'noSuchUser'
    await setSuspended(tx, userId, false)
    afterCommit(() => ctx.bus.publish({ type: 'user', id: userId }))
    return undefined
  })
}
