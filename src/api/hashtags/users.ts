import Type from 'typebox'
import { usersWithTag } from '../../db/queries/hashtag-users.ts'
import { normaliseTag } from '../../lib/note-text.ts'
import { DAY } from '../../lib/time.ts'
import { UserDetailed } from '../../views/schema/user.ts'
import { showUsersDetailed } from '../../views/user.ts'
import { endpoint } from '../endpoint.ts'
import { limitParam, OneOf, offsetParam } from '../params.ts'

/** Who has neither posted nor changed anything for longer is not alive. */
const ALIVE = 5 * DAY

export default endpoint({
  path: 'hashtags/users',
  about: 'People who have a hashtag in their profile; a plus puts the most or latest first.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({
    tag: Type.String(),
    ...limitParam(),
    ...offsetParam,
    sort: OneOf(['+follower', '-follower', '+createdAt', '-createdAt', '+updatedAt', '-updatedAt']),
    state: Type.Optional(OneOf(['all', 'alive'], { default: 'all' })),
    origin: Type.Optional(OneOf(['combined', 'local', 'remote'], { default: 'local' })),
  }),
  res: Type.Array(UserDetailed),
  errors: {},
  async handle({ ctx, params: { tag, limit = 10, offset = 0, sort, state, origin }, me }) {
    if (origin === 'remote') return []
    const updatedAfter = state === 'alive' ? Date.now() - ALIVE : null
    const ids = await usersWithTag(ctx.db, normaliseTag(tag), sort, { limit, offset, updatedAfter })
    return showUsersDetailed(ctx, ids, me)
  },
})
