import Type from 'typebox'
import { unfavorite } from '../../../core/favorite.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'notes/favorites/delete',
  about: 'Takes a note out of the caller’s favourites.',
  auth: 'required',
  permission: 'write:favorites',
  secure: false,
  params: Type.Object({ noteId: Id() }),
  res: null,
  errors: {
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: '80848a2c-398f-4343-baa9-df1d57696c56',
      message: 'There is no such note.',
    },
    notFavorited: {
      code: 'NOT_FAVORITED',
      id: 'b625fc69-635e-45e9-86f4-dbefbef35af5',
      message: 'The note is not among your favourites.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const removed = await unfavorite(ctx, me.id, params.noteId)
    return typeof removed === 'string' ? fail(removed) : undefined
  },
})
