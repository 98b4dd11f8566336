import type { FastifyInstance } from 'fastify'
import { type SignUpFailure, signUp } from '../../access/sign-up.ts'
import type { Ctx } from '../../context.ts'
import { showMe } from '../../views/me.ts'
import { deviceOf, fieldOf, sendEntryError } from './entry.ts'

/** Why nobody was signed up: the code clients know, and what to tell the person. */
const failures: Record<SignUpFailure, [code: string, message: string, status?: number]> = {
  invalidUsername: ['INVALID_USERNAME', 'A username has 1 to 20 letters, digits or underscores.'],
  reservedUsername: ['USED_USERNAME', 'This username is reserved.'],
  duplicatedUsername: ['DUPLICATED_USERNAME', 'Somebody has this username.'],
  usedUsername: ['USED_USERNAME', 'Somebody had this username; it is not given again.'],
  invalidPassword: ['INVALID_PASSWORD', 'A password is needed, of at most 1024 characters.'],
  invalidInvitation: ['INVALID_INVITATION_CODE', 'The invitationCode is unknown, used or past its end.'],
  notTheFirst: ['REGISTRATION_CLOSED', 'The first account has just been made.'],
  registrationClosed: ['REGISTRATION_CLOSED', 'This server takes no sign-ups.'],
  incorrectSetupPassword: ['INCORRECT_INITIAL_PASSWORD', 'The first account needs the setupPassword.'],
  tooManyAttempts: ['RATE_LIMIT_EXCEEDED', 'Too many attempts: wait a while.', 429],
}

/** `POST /api/signup`: makes an account and signs it in. The first one becomes the administrator. */
export function signupRoute(app: FastifyInstance, ctx: Ctx): void {
  app.post('/api/signup', async (request, reply) => {
    const field = (name: string) => fieldOf(request.body, name)
    const wanted = {
      username: field('username') ?? '',
      password: field('password') ?? '',
      invitationCode: field('invitationCode'),
      setupPassword: field('setupPassword'),
    }
    const made = await signUp(ctx, wanted, deviceOf(request))
    if (typeof made === 'string') {
      const [code, message, status = 400] = failures[made]
      return sendEntryError(reply, status, { code, message })
    }
    const me = { id: made.id, isModerator: made.isRoot, isAdministrator: made.isRoot }
    return { ...(await showMe(ctx, me, { secrets: true })), token: made.token }
  })
}
