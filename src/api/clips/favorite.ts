import Type from 'typebox'
import { favoriteClip } from '../../core/favorite-clip.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'clips/favorite',
  about: 'Marks a clip as a favourite of the caller.',
  auth: 'required',
  permission: 'write:clip-favorite',
  secure: false,
  refusedToMoved: true,
  params: Type.Object({ clipId: Id() }),
  res: null,
  errors: {
    noSuchClip: {
      code: 'NO_SUCH_CLIP',
      id: '4c2aaeae-80d8-4250-9606-26cb1fdb77a5',
      message: 'There is no such clip, or it is not for you to see.',
    },
    alreadyFavorited: {
      code: 'ALREADY_FAVORITED',
      id: '92658936-c625-4273-8326-2d790129256e',
      message: 'The clip is a favourite of yours already.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const marked = await favoriteClip(ctx, me.id, params.clipId)
    return typeof marked === 'string' ? fail(marked) : undefined
  },
})
