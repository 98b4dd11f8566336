import type { FastifyInstance } from 'fastify'
import { type SignInFailure, signIn } from '../../access/session.ts'
import type { Ctx } from '../../context.ts'
import { MAX_PASSWORD_LENGTH } from '../../core/create-account.ts'
import { deviceOf, fieldOf, sendEntryError } from './entry.ts'

/** Longer than any name: what is beyond would only fill the memory of the limits. */
const LONGEST_NAME = 128

const wrong = {
  status: 403,
  code: 'INCORRECT_PASSWORD',
  id: '932c904e-9460-45b7-9ce6-7ed33be7eb2c',
  message: 'The name or the password is wrong.',
}

/** Ids are those clients know. An unknown name is answered as a wrong password: who is here is not told at the door. */
const failures: Record<SignInFailure, { status: number; code: string; id: string; message: string }> = {
  noSuchUser: wrong,
  wrongPassword: wrong,
  suspended: {
    status: 403,
    code: 'YOUR_ACCOUNT_SUSPENDED',
    id: 'e03a5f46-d309-4865-9b69-56282d94e1eb',
    message: 'This account is suspended.',
  },
  tooManyAttempts: {
    status: 429,
    code: 'TOO_MANY_AUTHENTICATION_FAILURES',
    id: '22d05606-fbcf-421a-a2db-b32610dcfd1b',
    message: 'Too many attempts: wait a while.',
  },
}

/** `POST /api/signin-flow`: asks for one thing after another until it knows who it is. */
export function signinRoute(app: FastifyInstance, ctx: Ctx): void {
  app.post('/api/signin-flow', async (request, reply) => {
    const username = fieldOf(request.body, 'username')
    const { password } = (request.body ?? {}) as { password?: unknown }
    if (username === null || username.length > LONGEST_NAME) return sendEntryError(reply, 400, invalid('username'))
    if (password === undefined || password === null) return { finished: false, next: 'captcha' }
    if (typeof password !== 'string' || password.length > MAX_PASSWORD_LENGTH) {
      return sendEntryError(reply, 400, invalid('password'))
    }
    const signedIn = await signIn(ctx, { username, password }, deviceOf(request))
    if (typeof signedIn !== 'string') return { finished: true, id: signedIn.id, i: signedIn.token }
    const { status, ...error } = failures[signedIn]
    return sendEntryError(reply, status, error)
  })
}

const invalid = (name: string) => ({
  code: 'INVALID_PARAM',
  id: '3d81ceae-475f-4600-b2a8-2bc116157532',
  message: `${name} must be a string, and no longer than one can be.`,
})
