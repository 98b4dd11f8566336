import Type from 'typebox'
import { unrenote } from '../../core/delete-note.ts'
import { HOUR, SECOND } from '../../lib/time.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'notes/unrenote',
  about: 'Deletes every renote and quote the caller has made of a note.',
  auth: 'required',
  permission: 'write:notes',
  secure: false,
  limit: { max: 300, per: HOUR, minInterval: SECOND },
  params: Type.Object({ noteId: Id() }),
  res: null,
  errors: {
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: 'efd4a259-2442-496b-8dd7-b255aa1a160f',
      message: 'There is no such note.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const deleted = await unrenote(ctx, me.id, params.noteId)
    return typeof deleted === 'string' ? fail(deleted) : undefined
  },
})
