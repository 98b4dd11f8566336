import Type from 'typebox'
import { usersNamed } from '../../db/queries/user-search.ts'
import { isOwnHost } from '../../lib/own-host.ts'
import { User } from '../../views/schema/user.ts'
import { showUsers } from '../../views/users.ts'
import { endpoint } from '../endpoint.ts'
import { Flag, limitParam, Nullable } from '../params.ts'

interface Params {
  username?: string | null
  host?: string | null
  limit?: number
  detail?: boolean
}

export default endpoint({
  path: 'users/search-by-username-and-host',
  about: 'People whose username begins so, for whoever is typing it.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Unsafe<Params>({
    type: 'object',
    properties: {
      username: Nullable(Type.String({ maxLength: 128 })),
      host: Nullable(Type.String({ maxLength: 256 })),
      ...limitParam(),
      detail: Flag(true),
    },
    anyOf: [{ required: ['username'] }, { required: ['host'] }],
  }),
  res: Type.Array(User),
  errors: {},
  async handle({ ctx, params, me }) {
    const { username, host, limit = 10, detail = true } = params
    if (host && !isOwnHost(ctx.config.url, host)) return []
    const ids = await usersNamed(ctx.db, me?.id ?? null, username ?? '', limit)
    return showUsers(ctx, ids, me, { detail })
  },
})
