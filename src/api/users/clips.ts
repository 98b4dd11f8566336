import Type from 'typebox'
import { clipPage } from '../../db/queries/clips.ts'
import { toPage } from '../../lib/pagination.ts'
import { showClips } from '../../views/clip.ts'
import { Clip } from '../../views/schema/clip.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, Id, limitParam } from '../params.ts'

export default endpoint({
  path: 'users/clips',
  about: 'The public clips of a person.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ userId: Id(), ...limitParam(), ...boundParams }),
  res: Type.Array(Clip),
  errors: {},
  async handle({ ctx, params, me }) {
    return showClips(ctx, await clipPage(ctx.db, params.userId, { publicOnly: true }, toPage(params)), me)
  },
})
