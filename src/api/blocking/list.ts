import Type from 'typebox'
import { blockingsOf } from '../../db/queries/relation-lists.ts'
import { toPage } from '../../lib/pagination.ts'
import { showBlockings } from '../../views/relation-lists.ts'
import { Blocking } from '../../views/schema/relations.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, limitParam } from '../params.ts'

export default endpoint({
  path: 'blocking/list',
  about: 'Whom the caller blocks, the latest first.',
  auth: 'required',
  permission: 'read:blocks',
  secure: false,
  params: Type.Object({ ...limitParam(30), ...boundParams }),
  res: Type.Array(Blocking),
  errors: {},
  async handle({ ctx, params, me }) {
    return showBlockings(ctx, await blockingsOf(ctx.db, me.id, {}, toPage(params, 30)), me)
  },
})
