import Type from 'typebox'
import { noteById } from '../../db/queries/notes.ts'
import { ancestorIds } from '../../db/queries/threads.ts'
import { showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { Id, limitParam, offsetParam } from '../params.ts'

export default endpoint({
  path: 'notes/conversation',
  about: 'What a note answers, what that answers, and so on; what the caller may not see of it comes hidden.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ noteId: Id(), ...limitParam(), ...offsetParam }),
  res: Type.Array(Note),
  errors: {
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: 'e1035875-9551-45ec-afa8-1ded1fcb53c8',
      message: 'There is no such note.',
    },
  },
  async handle({ ctx, params: { noteId, limit = 10, offset = 0 }, me, fail }) {
    if (!(await noteById(ctx.db, noteId))) return fail('noSuchNote')
    return showNotes(ctx, await ancestorIds(ctx.db, noteId, { offset, limit }), me)
  },
})
