import Type from 'typebox'
import { followeesBornOn, followeesOf } from '../../db/queries/relation-lists.ts'
import { toPage } from '../../lib/pagination.ts'
import { showFollowees } from '../../views/relation-lists.ts'
import { Following } from '../../views/schema/relations.ts'
import { endpoint } from '../endpoint.ts'
import { Nullable } from '../params.ts'
import { maySee, personAsked, whoseFollows } from './whose-follows.ts'

export default endpoint({
  path: 'users/following',
  about: 'Whom a person follows, the latest first; with a birthday, those who have it on that day.',
  auth: 'none',
  permission: null,
  secure: false,
  params: whoseFollows({ birthday: Type.Optional(Nullable(Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }))) }),
  res: Type.Array(Following),
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '63e4aba4-4156-4e53-be25-c9559e42d71b',
      message: 'There is no such person here.',
    },
    forbidden: {
      code: 'FORBIDDEN',
      id: 'f6cdb0df-c19f-ec5c-7dbb-0ba84a1f92ba',
      message: 'This person does not show you whom they follow.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const person = await personAsked(ctx, params)
    if (!person) return fail('noSuchUser')
    if (!(await maySee(ctx, me, person, person.followingVisibility))) return fail('forbidden')
    const rows = params.birthday
      ? await followeesBornOn(ctx.db, person.id, { day: params.birthday.slice(5) }, toPage(params))
      : await followeesOf(ctx.db, person.id, {}, toPage(params))
    return showFollowees(ctx, rows, me)
  },
})
