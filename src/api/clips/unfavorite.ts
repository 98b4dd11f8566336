import Type from 'typebox'
import { unfavoriteClip } from '../../core/favorite-clip.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'clips/unfavorite',
  about: 'Takes a clip out of the caller’s favourites.',
  auth: 'required',
  permission: 'write:clip-favorite',
  secure: false,
  refusedToMoved: true,
  params: Type.Object({ clipId: Id() }),
  res: null,
  errors: {
    noSuchClip: {
      code: 'NO_SUCH_CLIP',
      id: '2603966e-b865-426c-94a7-af4a01241dc1',
      message: 'There is no such clip, or it is not for you to see.',
    },
    notFavorited: {
      code: 'NOT_FAVORITED',
      id: '90c3a9e8-b321-4dae-bf57-2bf79bbcc187',
      message: 'The clip is not a favourite of yours.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const taken = await unfavoriteClip(ctx, me.id, params.clipId)
    return typeof taken === 'string' ? fail(taken) : undefined
  },
})
