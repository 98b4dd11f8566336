import type { FastifyInstance } from 'fastify'
import { isSetupCode } from '../../access/setup.ts'
import { makeAccount, type SignUpFailure, signUp as signUpPerson } from '../../access/sign-up.ts'
import { registrationOf } from '../../core/settings.ts'
import { errorPage } from '../error-page.ts'
import { setup } from '../setup.ts'
import { type SignUpError, signUp } from '../sign-up.ts'
import { enter } from './sign-in.ts'
import { deviceOf, formOf, isOwnForm, type Pages, send, visit } from './visit.ts'

const errorOf: Record<SignUpFailure, SignUpError> = {
  invalidUsername: 'usernameInvalid',
  reservedUsername: 'usernameReserved',
  duplicatedUsername: 'usernameTaken',
  usedUsername: 'usernameTaken',
  invalidPassword: 'passwordEmpty',
  invalidInvitation: 'invitationInvalid',
  notTheFirst: 'invitationInvalid',
  registrationClosed: 'invitationInvalid',
  incorrectSetupPassword: 'invitationInvalid',
  tooManyAttempts: 'tooMany',
}

/** People choose passwords here; programs that use the API may choose shorter ones. */
const MIN_PASSWORD_LENGTH = 8

/** `/sign-up`, and `/setup/{code}` for the first account. */
export function signUpPages(app: FastifyInstance, pages: Pages): void {
  const { ctx } = pages

  app.get('/sign-up', async (request, reply) => {
    const { view } = await visit(pages, request, reply)
    return send(
      reply,
      signUp(view, { registration: registrationOf(ctx), username: '', invitationCode: '', errors: [] }),
    )
  })

  app.post('/sign-up', async (request, reply) => {
    const visited = await visit(pages, request, reply)
    const form = formOf(request)
    if (!isOwnForm(ctx, request, visited, form)) {
      return send(reply, errorPage(visited.view, { status: 403, reason: 'formExpired' }), 403)
    }
    const [username, password, invitationCode] = ['username', 'password', 'invitationCode'].map(form.text) as [
      string,
      string,
      string,
    ]
    const refuse = (error: SignUpError) =>
      send(
        reply,
        signUp(visited.view, { registration: registrationOf(ctx), username, invitationCode, errors: [error] }),
        400,
      )
    const short = shortPassword(password)
    if (short) return refuse(short)
    const made = await signUpPerson(ctx, { username, password, invitationCode, setupPassword: null }, deviceOf(request))
    return typeof made === 'string' ? refuse(errorOf[made]) : enter(ctx, reply, made.token, null)
  })

  app.get<{ Params: { code: string } }>('/setup/:code', async (request, reply) => {
    const { view } = await visit(pages, request, reply)
    if (!(await isSetupCode(ctx, request.params.code))) return send(reply, errorPage(view, { status: 410 }), 410)
    return send(reply, setup(view, { username: '', errors: [] }))
  })

  app.post<{ Params: { code: string } }>('/setup/:code', async (request, reply) => {
    const visited = await visit(pages, request, reply)
    const form = formOf(request)
    if (!isOwnForm(ctx, request, visited, form)) {
      return send(reply, errorPage(visited.view, { status: 403, reason: 'formExpired' }), 403)
    }
    if (!(await isSetupCode(ctx, request.params.code)))
      return send(reply, errorPage(visited.view, { status: 410 }), 410)
    const [username, password] = ['username', 'password'].map(form.text) as [string, string]
    const refuse = (error: SignUpError) => send(reply, setup(visited.view, { username, errors: [error] }), 400)
    const short = shortPassword(password)
    if (short) return refuse(short)
    const made = await makeAccount(ctx, { username, password }, { by: 'first' }, deviceOf(request))
    if (made === 'notTheFirst') return send(reply, errorPage(visited.view, { status: 410 }), 410)
    return typeof made === 'string' ? refuse(errorOf[made]) : enter(ctx, reply, made.token, null)
  })
}

function shortPassword(password: string): SignUpError | null {
  if (password === '') return 'passwordEmpty'
  return [...password].length < MIN_PASSWORD_LENGTH ? 'passwordShort' : null
}
