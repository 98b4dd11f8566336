import Type from 'typebox'
import { usernameTaken } from '../../db/queries/users.ts'
import { USERNAME_PATTERN } from '../../lib/username.ts'
import { endpoint } from '../endpoint.ts'

export default endpoint({
  path: 'username/available',
  about: 'Whether a name is free to sign up with.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ username: Type.String({ pattern: USERNAME_PATTERN }) }),
  res: Type.Object({ available: Type.Boolean() }),
  errors: {},
  async handle({ ctx, params }) {
    const name = params.username.toLowerCase()
    const isReserved = ctx.settings.current().reservedUsernames.includes(name)
    return { available: !isReserved && !(await usernameTaken(ctx.db, name)) }
  },
})
