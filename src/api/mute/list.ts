import Type from 'typebox'
import { mutingsOf } from '../../db/queries/relation-lists.ts'
import { toPage } from '../../lib/pagination.ts'
import { showMutings } from '../../views/relation-lists.ts'
import { Muting } from '../../views/schema/relations.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, limitParam } from '../params.ts'

export default endpoint({
  path: 'mute/list',
  about: 'Whom the caller mutes, the latest first.',
  auth: 'required',
  permission: 'read:mutes',
  secure: false,
  params: Type.Object({ ...limitParam(30), ...boundParams }),
  res: Type.Array(Muting),
  errors: {},
  async handle({ ctx, params, me }) {
    return showMutings(ctx, await mutingsOf(ctx.db, me.id, {}, toPage(params, 30)), me)
  },
})
