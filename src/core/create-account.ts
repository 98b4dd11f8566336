import type { Ctx } from '../context.ts'
import { claimInvitation, setInvitationUser } from '../db/queries/invitations.ts'
import { claimSetting } from '../db/queries/settings.ts'
import { claimUsername, insertUser, userByName } from '../db/queries/users.ts'
import { hmac } from '../lib/crypto.ts'
import { hashPassword } from '../lib/password.ts'
import { isUsername } from '../lib/username.ts'

export type AccountFailure =
  | 'invalidUsername'
  | 'reservedUsername'
  | 'duplicatedUsername'
  | 'usedUsername'
  | 'invalidPassword'
  | 'invalidInvitation'
  | 'notTheFirst'

/**
 * By what right an account is made: as the server's first (which becomes its root administrator), with an invitation
 * code, or because registration is open or an administrator does it.
 */
export type AccountRight =
  | { by: 'first' }
  | { by: 'invitation'; code: string }
  | { by: 'anyone' }
  | { by: 'administrator' }

/** Names and passwords longer than this are refused before they are hashed. */
export const MAX_PASSWORD_LENGTH = 1024

/** Makes an account. Of several calls at once for one name, one invitation or the first place, one succeeds. */
export async function createAccount(
  ctx: Ctx,
  { username, password }: { username: string; password: string },
  right: AccountRight,
): Promise<{ id: string } | AccountFailure> {
  if (!isUsername(username)) return 'invalidUsername'
  if (password.length === 0 || password.length > MAX_PASSWORD_LENGTH) return 'invalidPassword'
  const usernameLower = username.toLowerCase()
  const chosenFreely = right.by === 'anyone' || right.by === 'invitation'
  if (chosenFreely && ctx.settings.current().reservedUsernames.includes(usernameLower)) return 'reservedUsername'
  const passwordHash = await hashPassword(password)
  const made = await ctx.transact<{ id: string } | AccountFailure>(async (tx, afterCommit) => {
    const now = Date.now()
    const id = ctx.ids.next()
    if (!(await claimUsername(tx, usernameLower, now))) {
      return (await userByName(tx, usernameLower)) ? 'duplicatedUsername' : 'usedUsername'
    }
    await insertUser(tx, { id, username, usernameLower }, passwordHash)
    if (right.by === 'first') {
      if (!(await claimSetting(tx, 'rootUserId', id))) return 'notTheFirst'
      afterCommit(() => ctx.bus.publish({ type: 'settings' }))
    }
    if (right.by === 'invitation') {
      const invitation = await claimInvitation(tx, hmac(ctx.config.key, `invitation ${right.code}`), now)
      if (!invitation) return 'invalidInvitation'
      await setInvitationUser(tx, invitation, id)
    }
    return { id }
  })
  if (right.by === 'first') await ctx.settings.reload()
  return made
}
