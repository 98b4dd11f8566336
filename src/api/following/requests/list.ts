import Type from 'typebox'
import { followRequestsTo } from '../../../db/queries/relation-lists.ts'
import { toPage } from '../../../lib/pagination.ts'
import { showFollowRequests } from '../../../views/relation-lists.ts'
import { FollowRequest } from '../../../views/schema/relations.ts'
import { endpoint } from '../../endpoint.ts'
import { boundParams, limitParam } from '../../params.ts'

export default endpoint({
  path: 'following/requests/list',
  about: 'Who has asked to follow the caller, the latest first.',
  auth: 'required',
  permission: 'read:following',
  secure: false,
  params: Type.Object({ ...limitParam(), ...boundParams }),
  res: Type.Array(FollowRequest),
  errors: {},
  async handle({ ctx, params, me }) {
    return showFollowRequests(ctx, await followRequestsTo(ctx.db, me.id, {}, toPage(params)))
  },
})
