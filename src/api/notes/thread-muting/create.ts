import Type from 'typebox'
import { muteThread } from '../../../core/mute-thread.ts'
import { HOUR } from '../../../lib/time.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'notes/thread-muting/create',
  about: 'Mutes the conversation a note is part of: the caller hears no more of it.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  limit: { max: 10, per: HOUR },
  params: Type.Object({ noteId: Id() }),
  res: null,
  errors: {
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: '5ff67ada-ed3b-2e71-8e87-a1a421e177d2',
      message: 'There is no such note.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const muted = await muteThread(ctx, me.id, params.noteId)
    return typeof muted === 'string' ? fail(muted) : undefined
  },
})
