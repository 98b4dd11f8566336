import Type from 'typebox'
import { renoteMutingsOf } from '../../db/queries/relation-lists.ts'
import { toPage } from '../../lib/pagination.ts'
import { showRenoteMutings } from '../../views/relation-lists.ts'
import { RenoteMuting } from '../../views/schema/relations.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, limitParam } from '../params.ts'

export default endpoint({
  path: 'renote-mute/list',
  about: 'Whose renotes the caller mutes, the latest first.',
  auth: 'required',
  permission: 'read:mutes',
  secure: false,
  params: Type.Object({ ...limitParam(30), ...boundParams }),
  res: Type.Array(RenoteMuting),
  errors: {},
  async handle({ ctx, params, me }) {
    return showRenoteMutings(ctx, await renoteMutingsOf(ctx.db, me.id, {}, toPage(params, 30)), me)
  },
})
