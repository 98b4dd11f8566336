import Type from 'typebox'
import { removeClip } from '../../core/clip.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'clips/delete',
  about: 'Deletes one of the caller’s clips; the notes in it stay.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  params: Type.Object({ clipId: Id() }),
  res: null,
  errors: {
    noSuchClip: {
      code: 'NO_SUCH_CLIP',
      id: '70ca08ba-6865-4630-b6fb-8494759aa754',
      message: 'You have no such clip.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const removed = await removeClip(ctx, me.id, params.clipId)
    return typeof removed === 'string' ? fail(removed) : undefined
  },
})
