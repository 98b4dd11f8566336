import type { FastifyInstance } from 'fastify'
import { startSession } from '../../access/session.ts'
import { isSetupPassword, needsSetup } from '../../access/setup.ts'
import type { Ctx } from '../../context.ts'
import { type AccountFailure, type AccountRight, createAccount } from '../../core/create-account.ts'
import { registrationOf } from '../../core/settings.ts'
import { showMe } from '../../views/me.ts'
import { deviceOf, fieldOf, sendEntryError } from './entry.ts'

type SignupFailure = AccountFailure | 'registrationClosed' | 'incorrectSetupPassword'

/** Why nobody was signed up: the code clients know, and what to tell the person. */
const failures: Record<SignupFailure, [code: string, message: string]> = {
  invalidUsername: ['INVALID_USERNAME', 'A name has 1 to 20 letters, digits or underscores.'],
  reservedUsername: ['USED_USERNAME', 'This name is reserved.'],
  duplicatedUsername: ['DUPLICATED_USERNAME', 'Somebody has this name.'],
  usedUsername: ['USED_USERNAME', 'Somebody had this name; it is not given again.'],
  invalidPassword: ['INVALID_PASSWORD', 'A password is needed, of at most 1024 characters.'],
  invalidInvitation: ['INVALID_INVITATION_CODE', 'The invitation code is unknown, used or past its end.'],
  notTheFirst: ['REGISTRATION_CLOSED', 'The first account has just been made.'],
  registrationClosed: ['REGISTRATION_CLOSED', 'This server takes no sign-ups.'],
  incorrectSetupPassword: ['INCORRECT_INITIAL_PASSWORD', 'The first account needs the setup password.'],
}

/** `POST /api/signup`: makes an account and signs it in. The first one becomes the administrator. */
export function signupRoute(app: FastifyInstance, ctx: Ctx): void {
  app.post('/api/signup', async (request, reply) => {
    const body = request.body
    const right = rightOf(ctx, fieldOf(body, 'invitationCode'), fieldOf(body, 'setupPassword'))
    const account = { username: fieldOf(body, 'username') ?? '', password: fieldOf(body, 'password') ?? '' }
    const made = typeof right === 'string' ? right : await createAccount(ctx, account, right)
    if (typeof made === 'string') {
      const [code, message] = failures[made]
      return sendEntryError(reply, 400, { code, message })
    }
    const token = await startSession(ctx, made.id, deviceOf(request))
    const isFirst = ctx.settings.current().rootUserId === made.id
    const shown = await showMe(ctx, { id: made.id, isModerator: isFirst, isAdministrator: isFirst }, { secrets: true })
    return { ...shown, token }
  })
}

/** By what right someone signs up, if by any. */
export function rightOf(ctx: Ctx, code: string | null, setupPassword: string | null): AccountRight | SignupFailure {
  if (needsSetup(ctx)) return isSetupPassword(ctx, setupPassword) ? { by: 'first' } : 'incorrectSetupPassword'
  const registration = registrationOf(ctx)
  if (registration === 'open') return { by: 'anyone' }
  if (registration === 'closed') return 'registrationClosed'
  return code ? { by: 'invitation', code } : 'invalidInvitation'
}
