import Type from 'typebox'
import { maxNoteTextLength } from '../../config/server-settings.ts'
import { searchUsers } from '../../db/queries/user-search.ts'
import { User } from '../../views/schema/user.ts'
import { showUsers } from '../../views/users.ts'
import { endpoint } from '../endpoint.ts'
import { Flag, limitParam, OneOf, offsetParam } from '../params.ts'

export default endpoint({
  path: 'users/search',
  about: 'People by a part of their name, username or description.',
  auth: 'none',
  permission: null,
  secure: false,
  policy: 'canSearchUsers',
  params: Type.Object({
    query: Type.String(),
    ...offsetParam,
    ...limitParam(),
    origin: Type.Optional(OneOf(['local', 'remote', 'combined'], { default: 'combined' })),
    detail: Flag(true),
  }),
  res: Type.Array(User),
  errors: {},
  async handle({ ctx, params, me }) {
    const { query, origin, offset = 0, limit = 10, detail = true } = params
    // Nobody is from elsewhere, and nobody says as much about themselves.
    if (origin === 'remote' || query.length > maxNoteTextLength) return []
    const ids = await searchUsers(ctx.db, me?.id ?? null, query, { offset, limit })
    return showUsers(ctx, ids, me, { detail })
  },
})
