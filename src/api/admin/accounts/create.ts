import Type from 'typebox'
import { startSession } from '../../../access/session.ts'
import { isSetupPassword, needsSetup } from '../../../access/setup.ts'
import { createAccount, MAX_PASSWORD_LENGTH } from '../../../core/create-account.ts'
import { USERNAME_PATTERN } from '../../../lib/username.ts'
import { showMe } from '../../../views/me.ts'
import { meDetailedSchema } from '../../../views/schema/me-detailed.ts'
import { endpoint } from '../../endpoint.ts'
import { Nullable } from '../../params.ts'

export default endpoint({
  path: 'admin/accounts/create',
  about: 'Makes the first account, with the setup password; afterwards, makes accounts for an administrator.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({
    username: Type.String({ pattern: USERNAME_PATTERN }),
    password: Type.String({ minLength: 1, maxLength: MAX_PASSWORD_LENGTH }),
    setupPassword: Type.Optional(Nullable(Type.String({ maxLength: MAX_PASSWORD_LENGTH }))),
  }),
  res: Type.Object({ ...meDetailedSchema.properties, token: Type.String() }, { additionalProperties: false }),
  errors: {
    accessDenied: {
      code: 'ACCESS_DENIED',
      id: '1fb7cb09-d46a-4fff-b8df-057708cce513',
      message: 'Only an administrator, signed in themselves, makes accounts here.',
    },
    incorrectInitialPassword: {
      code: 'INCORRECT_INITIAL_PASSWORD',
      id: '97147c55-1ae1-4f6f-91d6-e1c3e0e76d62',
      message: 'The setup password is not the one the server was started with.',
    },
    usernameTaken: {
      code: 'DUPLICATED_USERNAME',
      id: '3c7b1c6a-5c0f-4c39-9a55-2d1f3a0e7b42',
      message: 'Somebody has, or had, this name.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const isFirst = needsSetup(ctx) && !me
    if (isFirst && !isSetupPassword(ctx, params.setupPassword ?? null)) return fail('incorrectInitialPassword')
    if (!isFirst && !(me?.isAdministrator && me.credential.kind === 'native')) return fail('accessDenied')
    const made = await createAccount(ctx, params, { by: isFirst ? 'first' : 'administrator' })
    if (made === 'duplicatedUsername' || made === 'usedUsername') return fail('usernameTaken')
    if (typeof made === 'string') return fail('accessDenied')
    const token = await startSession(ctx, made.id, { ip: 'admin/accounts/create', userAgent: null })
    const shown = await showMe(ctx, { id: made.id, isModerator: isFirst, isAdministrator: isFirst }, { secrets: true })
    return { ...shown, token }
  },
})
