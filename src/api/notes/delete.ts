import Type from 'typebox'
import { deleteNote } from '../../core/delete-note.ts'
import { HOUR, SECOND } from '../../lib/time.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'notes/delete',
  about: 'Deletes a note of one’s own; moderators delete any.',
  auth: 'required',
  permission: 'write:notes',
  secure: false,
  limit: { max: 300, per: HOUR, minInterval: SECOND },
  params: Type.Object({ noteId: Id() }),
  res: null,
  errors: {
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: '490be23f-8c1f-4796-819f-94cb4f9d1630',
      message: 'There is no such note.',
    },
    accessDenied: {
      code: 'ACCESS_DENIED',
      id: 'fe8d7103-0ea8-4ec3-814d-f8b401dc69e9',
      message: 'The note is someone else’s.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const deleted = await deleteNote(ctx, params.noteId, me)
    return typeof deleted === 'string' ? fail(deleted) : undefined
  },
})
