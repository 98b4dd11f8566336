import Type from 'typebox'
import { favoritePage } from '../../db/queries/favorites.ts'
import { toPage } from '../../lib/pagination.ts'
import { showFavorites } from '../../views/favorite.ts'
import { NoteFavorite } from '../../views/schema/favorite.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, limitParam } from '../params.ts'

export default endpoint({
  path: 'i/favorites',
  about: 'The caller’s favourites. Notes they may not see any more come hidden.',
  auth: 'required',
  permission: 'read:favorites',
  secure: false,
  params: Type.Object({ ...limitParam(), ...boundParams }),
  res: Type.Array(NoteFavorite),
  errors: {},
  async handle({ ctx, params, me }) {
    return showFavorites(ctx, await favoritePage(ctx.db, me.id, toPage(params)), me)
  },
})
