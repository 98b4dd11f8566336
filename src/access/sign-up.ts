import type { Ctx } from '../context.ts'
import { type AccountFailure, type AccountRight, createAccount } from '../core/create-account.ts'
import { registrationOf } from '../core/settings.ts'
import { networkKey } from '../lib/network.ts'
import { HOUR } from '../lib/time.ts'
import { type Device, startSession } from './session.ts'
import { isSetupPassword, needsSetup } from './setup.ts'

export type SignUpFailure = AccountFailure | 'registrationClosed' | 'incorrectSetupPassword' | 'tooManyAttempts'

export interface SignUpRequest {
  username: string
  password: string
  invitationCode: string | null
  setupPassword: string | null
}

/** Attempts from one address: invitation codes are short, and each attempt hashes a password. */
const PER_ADDRESS = { max: 30, per: HOUR }

/** Someone who has just got an account, and the native token of their first session. */
export interface SignedUp {
  id: string
  token: string
  /** Whether they administer the server from now on. */
  isRoot: boolean
}

/** Makes an account for whoever asks, if they may have one, and signs them in. The first one becomes the administrator. */
export async function signUp(ctx: Ctx, request: SignUpRequest, device: Device): Promise<SignedUp | SignUpFailure> {
  const right = rightOf(ctx, request)
  return typeof right === 'string' ? right : makeAccount(ctx, request, right, device)
}

/** Makes the account and its first session. By what right has been decided. */
export async function makeAccount(
  ctx: Ctx,
  request: { username: string; password: string },
  right: AccountRight,
  device: Device,
): Promise<SignedUp | SignUpFailure> {
  const { allowed } = await ctx.limits.take('signup', networkKey(device.ip), PER_ADDRESS)
  if (!allowed) return 'tooManyAttempts'
  const made = await createAccount(ctx, request, right)
  if (typeof made === 'string') return made
  return { id: made.id, token: await startSession(ctx, made.id, device), isRoot: right.by === 'first' }
}

/** By what right someone signs up, if by any. */
function rightOf(ctx: Ctx, { invitationCode, setupPassword }: SignUpRequest): AccountRight | SignUpFailure {
  if (needsSetup(ctx)) return isSetupPassword(ctx, setupPassword) ? { by: 'first' } : 'incorrectSetupPassword'
  const registration = registrationOf(ctx)
  if (registration === 'open') return { by: 'anyone' }
  if (registration === 'closed') return 'registrationClosed'
  return invitationCode ? { by: 'invitation', code: invitationCode } : 'invalidInvitation'
}
