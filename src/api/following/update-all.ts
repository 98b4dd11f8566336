import Type from 'typebox'
import { changeFollowings } from '../../core/change-following.ts'
import { HOUR } from '../../lib/time.ts'
import { endpoint } from '../endpoint.ts'
import { followWishes, wishesOf } from './wishes.ts'

export default endpoint({
  path: 'following/update-all',
  about: 'Changes what following brings, for everybody the caller follows.',
  auth: 'required',
  permission: 'write:following',
  secure: false,
  limit: { max: 10, per: HOUR },
  params: Type.Object(followWishes),
  res: null,
  errors: {},
  async handle({ ctx, params, me }) {
    await changeFollowings(ctx, me.id, wishesOf(params))
    return undefined
  },
})
