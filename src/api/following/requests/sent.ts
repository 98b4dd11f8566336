import Type from 'typebox'
import { followRequestsFrom } from '../../../db/queries/relation-lists.ts'
import { toPage } from '../../../lib/pagination.ts'
import { showFollowRequests } from '../../../views/relation-lists.ts'
import { FollowRequest } from '../../../views/schema/relations.ts'
import { endpoint } from '../../endpoint.ts'
import { boundParams, limitParam } from '../../params.ts'

export default endpoint({
  path: 'following/requests/sent',
  about: 'Whom the caller has asked to follow, the latest first.',
  auth: 'required',
  permission: 'read:following',
  secure: false,
  params: Type.Object({ ...limitParam(), ...boundParams }),
  res: Type.Array(FollowRequest),
  errors: {},
  async handle({ ctx, params, me }) {
    return showFollowRequests(ctx, await followRequestsFrom(ctx.db, me.id, {}, toPage(params)))
  },
})
