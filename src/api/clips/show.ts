import Type from 'typebox'
import { showClip } from '../../views/clip.ts'
import { Clip } from '../../views/schema/clip.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'clips/show',
  about: 'One of the caller’s clips, or a public one of anybody.',
  auth: 'none',
  permission: 'read:account',
  secure: false,
  params: Type.Object({ clipId: Id() }),
  res: Clip,
  errors: {
    noSuchClip: {
      code: 'NO_SUCH_CLIP',
      id: 'c3c5fe33-d62c-44d2-9ea5-d997703f5c20',
      message: 'There is no such clip, or it is not for you to see.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    return (await showClip(ctx, params.clipId, me)) ?? fail('noSuchClip')
  },
})
