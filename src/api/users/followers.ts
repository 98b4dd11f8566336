import Type from 'typebox'
import { followersOf } from '../../db/queries/relation-lists.ts'
import { toPage } from '../../lib/pagination.ts'
import { showFollowers } from '../../views/relation-lists.ts'
import { Following } from '../../views/schema/relations.ts'
import { endpoint } from '../endpoint.ts'
import { maySee, personAsked, whoseFollows } from './whose-follows.ts'

export default endpoint({
  path: 'users/followers',
  about: 'Who follows a person, the latest first.',
  auth: 'none',
  permission: null,
  secure: false,
  params: whoseFollows({}),
  res: Type.Array(Following),
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '27fa5435-88ab-43de-9360-387de88727cd',
      message: 'There is no such person here.',
    },
    forbidden: {
      code: 'FORBIDDEN',
      id: '3c6a84db-d619-26af-ca14-06232a21df8a',
      message: 'This person does not show you who follows them.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const person = await personAsked(ctx, params)
    if (!person) return fail('noSuchUser')
    if (!(await maySee(ctx, me, person, person.followersVisibility))) return fail('forbidden')
    const rows = await followersOf(ctx.db, person.id, {}, toPage(params))
    return showFollowers(ctx, rows, me)
  },
})
