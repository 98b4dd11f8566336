import Type from 'typebox'
import type { Principal } from '../../access/principal.ts'
import type { Ctx } from '../../context.ts'
import { userByName } from '../../db/queries/users.ts'
import { showPeople } from '../../views/people.ts'
import { UserDetailed } from '../../views/schema/user.ts'
import { endpoint } from '../endpoint.ts'
import { Id, Ids, Nullable } from '../params.ts'

export default endpoint({
  path: 'users/show',
  about: 'One person by id or name, or several by id.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Unsafe<{ userId?: string; userIds?: string[]; username?: string; host?: string | null }>({
    type: 'object',
    properties: {
      userId: Id(),
      userIds: Ids({ maxItems: 100 }),
      username: Type.String({ maxLength: 128 }),
      host: Nullable(Type.String({ maxLength: 256 })),
    },
    anyOf: [{ required: ['userId'] }, { required: ['userIds'] }, { required: ['username'] }],
  }),
  res: Type.Union([UserDetailed, Type.Array(UserDetailed)]),
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '4362f8dc-731f-4ad8-a694-be5a88922a24',
      status: 404,
      message: 'There is no such person here.',
    },
    failedToResolveRemoteUser: {
      code: 'FAILED_TO_RESOLVE_REMOTE_USER',
      id: 'ef7b9be4-9cba-4e6f-ab41-90ed171c7d3c',
      status: 500,
      message: 'This server does not talk to others: only people of its own can be shown.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    if (params.userIds) return showThose(ctx, params.userIds, me)
    if (params.userId === undefined && params.host && params.host !== new URL(ctx.config.url).host) {
      return fail('failedToResolveRemoteUser')
    }
    const id = params.userId ?? (await userByName(ctx.db, params.username!.trim()))?.id
    const [shown] = id ? await showThose(ctx, [id], me) : []
    return shown ?? fail('noSuchUser')
  },
})

/** People in the order of `ids`. The suspended are for moderators only. */
async function showThose(ctx: Ctx, ids: readonly string[], me: Principal | null): Promise<UserDetailed[]> {
  const people = await showPeople(ctx, ids, me)
  const shown = ids.flatMap((id) => people.get(id) ?? [])
  return shown.filter(({ isSuspended }) => !isSuspended || me?.isModerator)
}
