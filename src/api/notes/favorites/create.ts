import Type from 'typebox'
import { favorite } from '../../../core/favorite.ts'
import { HOUR } from '../../../lib/time.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'notes/favorites/create',
  about: 'Keeps a note among the caller’s favourites.',
  auth: 'required',
  permission: 'write:favorites',
  secure: false,
  refusedToMoved: true,
  limit: { max: 20, per: HOUR },
  params: Type.Object({ noteId: Id() }),
  res: null,
  errors: {
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: '6dd26674-e060-4816-909a-45ba3f4da458',
      message: 'There is no such note.',
    },
    alreadyFavorited: {
      code: 'ALREADY_FAVORITED',
      id: 'a402c12b-34dd-41d2-97d8-4d2ffd96a1a6',
      message: 'The note is among your favourites already.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const kept = await favorite(ctx, me.id, params.noteId)
    return typeof kept === 'string' ? fail(kept) : undefined
  },
})
