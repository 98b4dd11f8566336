import Type from 'typebox'
import { unmuteThread } from '../../../core/mute-thread.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'notes/thread-muting/delete',
  about: 'Lets the caller hear of a conversation again.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  params: Type.Object({ noteId: Id() }),
  res: null,
  errors: {
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: 'bddd57ac-ceb3-b29d-4334-86ea5fae481a',
      message: 'There is no such note.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const unmuted = await unmuteThread(ctx, me.id, params.noteId)
    return typeof unmuted === 'string' ? fail(unmuted) : undefined
  },
})
