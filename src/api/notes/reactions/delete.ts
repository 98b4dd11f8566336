import Type from 'typebox'
import { unreact } from '../../../core/react.ts'
import { HOUR, SECOND } from '../../../lib/time.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'notes/reactions/delete',
  about: 'Takes back the caller’s reaction to a note.',
  auth: 'required',
  permission: 'write:reactions',
  secure: false,
  limit: { max: 60, per: HOUR, minInterval: 3 * SECOND },
  params: Type.Object({ noteId: Id() }),
  res: null,
  errors: {
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: '764d9fce-f9f2-4a0e-92b1-6ceac9a7ad37',
      message: 'There is no such note.',
    },
    notReacted: {
      code: 'NOT_REACTED',
      id: '92f4426d-4196-4125-aa5b-02943e2ec8fc',
      message: 'You have not reacted to this note.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const unreacted = await unreact(ctx, me.id, params.noteId)
    return typeof unreacted === 'string' ? fail(unreacted) : undefined
  },
})
