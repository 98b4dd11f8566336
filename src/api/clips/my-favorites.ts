import Type from 'typebox'
import { favoriteClips } from '../../db/queries/clip-favorites.ts'
import { showClips } from '../../views/clip.ts'
import { Clip } from '../../views/schema/clip.ts'
import { endpoint } from '../endpoint.ts'
import { NoParams } from '../params.ts'

export default endpoint({
  path: 'clips/my-favorites',
  about: 'The caller’s favourite clips.',
  auth: 'required',
  permission: 'read:clip-favorite',
  secure: false,
  params: NoParams,
  res: Type.Array(Clip),
  errors: {},
  async handle({ ctx, me }) {
    return showClips(ctx, await favoriteClips(ctx.db, me.id), me)
  },
})
