import Type from 'typebox'
import { everybody } from '../db/queries/everybody.ts'
import { DAY } from '../lib/time.ts'
import { showPeople } from '../views/people.ts'
import { UserDetailed } from '../views/schema/user.ts'
import { endpoint } from './endpoint.ts'
import { limitParam, Nullable, OneOf } from './params.ts'

const sorts = ['+follower', '-follower', '+createdAt', '-createdAt', '+updatedAt', '-updatedAt'] as const

export default endpoint({
  path: 'users',
  about: 'People who let themselves be found, in one of several orders; oldest first when none is given.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({
    ...limitParam(),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 })),
    sort: Type.Optional(OneOf(sorts)),
    state: Type.Optional(OneOf(['all', 'alive'], { default: 'all' })),
    origin: Type.Optional(OneOf(['combined', 'local', 'remote'], { default: 'local' })),
    hostname: Type.Optional(Nullable(Type.String({ maxLength: 256, default: null }))),
  }),
  res: Type.Array(UserDetailed),
  errors: {},
  async handle({ ctx, params, me }) {
    const { sort = '-createdAt', limit = 10, offset = 0, origin, hostname } = params
    // Everyone is from here, and who is from here has no host.
    if (origin === 'remote' || (hostname != null && hostname !== '')) return []
    const now = Date.now()
    const updatedAfter = params.state === 'alive' ? now - 5 * DAY : null
    const ids = await everybody(ctx.db, me?.id ?? null, now, { sort, updatedAfter, limit, offset })
    const people = await showPeople(ctx, ids, me)
    return ids.flatMap((id) => people.get(id) ?? [])
  },
})
