import Type from 'typebox'
import { clipPage } from '../../db/queries/clips.ts'
import { toPage } from '../../lib/pagination.ts'
import { showClips } from '../../views/clip.ts'
import { Clip } from '../../views/schema/clip.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, limitParam } from '../params.ts'

export default endpoint({
  path: 'clips/list',
  about: 'The caller’s clips.',
  auth: 'required',
  permission: 'read:account',
  secure: false,
  params: Type.Object({ ...limitParam(), ...boundParams }),
  res: Type.Array(Clip),
  errors: {},
  async handle({ ctx, params, me }) {
    return showClips(ctx, await clipPage(ctx.db, me.id, { publicOnly: false }, toPage(params)), me)
  },
})
