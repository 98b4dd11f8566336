import type { Ctx } from '../context.ts'
import { notify } from '../core/notify.ts'
import { deleteSession, deleteSessionsOf, insertSession } from '../db/queries/sessions.ts'
import { accountOf, userByName } from '../db/queries/users.ts'
import { networkKey } from '../lib/network.ts'
import { hashPassword, verifyPassword } from '../lib/password.ts'
import { HOUR, SECOND } from '../lib/time.ts'
import { digestOf, newNativeToken } from './token.ts'

/** Where a sign-in comes from. */
export interface Device {
  ip: string
  userAgent: string | null
}

export type SignInFailure = 'noSuchUser' | 'suspended' | 'wrongPassword' | 'tooManyAttempts'

/** Attempts at one account from one address: nobody can lock another out, nor try a thousand passwords. */
const PER_ACCOUNT_AND_ADDRESS = { max: 10, per: HOUR }
/** Attempts from one address, whatever the account. */
const PER_ADDRESS = { max: 100, per: HOUR }
/** argon2id takes a tenth of a second of a core: nobody may ask for it faster than this. */
const PACE = { max: 5, per: SECOND }

/**
 * Starts a session for someone who has shown who they are; returns its native token, which is kept nowhere.
 * @param options.isSignIn the person is told of it: their account was there before
 */
export async function startSession(
  ctx: Ctx,
  userId: string,
  device: Device,
  options: { isSignIn?: boolean } = {},
): Promise<string> {
  const token = newNativeToken()
  await ctx.transact(async (tx, afterCommit) => {
    await insertSession(tx, {
      id: ctx.ids.next(),
      userId,
      digest: digestOf(token),
      userAgent: device.userAgent?.slice(0, 300) ?? null,
      ip: device.ip,
    })
    if (options.isSignIn) await notify(ctx, tx, afterCommit, { userId, type: 'login' })
  })
  return token
}

/**
 * Signs a person in by name and password.
 * @returns the person and the native token of a session of their own
 */
export async function signIn(
  ctx: Ctx,
  { username, password }: { username: string; password: string },
  device: Device,
): Promise<{ id: string; token: string } | SignInFailure> {
  const network = networkKey(device.ip)
  const actor = `${username.toLowerCase()} ${network}`
  const limits = [
    await ctx.limits.take('signin pace', network, PACE),
    await ctx.limits.take('signin address', network, PER_ADDRESS),
    await ctx.limits.take('signin account', actor, PER_ACCOUNT_AND_ADDRESS),
  ]
  if (limits.some(({ allowed }) => !allowed)) return 'tooManyAttempts'
  const user = await userByName(ctx.db, username)
  const account = user && (await accountOf(ctx.db, user.id))
  if (!user || !account) {
    // Takes as long as a wrong password, or the time would tell which names exist.
    await hashPassword(password)
    return 'noSuchUser'
  }
  if (!(await verifyPassword(account.passwordHash, password))) return 'wrongPassword'
  if (user.isSuspended) return 'suspended'
  await ctx.limits.forget('signin account', actor, PER_ACCOUNT_AND_ADDRESS)
  return { id: user.id, token: await startSession(ctx, user.id, device, { isSignIn: true }) }
}

/** Ends one of a person's sessions: its token is dead at once. Whether there was one. */
export async function endSession(ctx: Ctx, userId: string, sessionId: string): Promise<boolean> {
  return ctx.transact(async (tx, afterCommit) => {
    const ended = await deleteSession(tx, userId, sessionId)
    if (ended) afterCommit(() => ctx.bus.publish({ type: 'sessionEnded', digest: ended.digest, userId }))
    return ended !== undefined
  })
}

/** Ends all of a person's sessions. */
export async function endSessionsOf(ctx: Ctx, userId: string): Promise<void> {
  await ctx.transact(async (tx, afterCommit) => {
    for (const { digest } of await deleteSessionsOf(tx, userId)) {
      afterCommit(() => ctx.bus.publish({ type: 'sessionEnded', digest, userId }))
    }
  })
}
