import Type from 'typebox'
import { noteById } from '../../db/queries/notes.ts'
import { renoteIds } from '../../db/queries/threads.ts'
import { toPage } from '../../lib/pagination.ts'
import { showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, Id, limitParam } from '../params.ts'

export default endpoint({
  path: 'notes/renotes',
  about: 'What renotes a note, with words of its own or without.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ noteId: Id(), ...limitParam(), ...boundParams }),
  res: Type.Array(Note),
  errors: {
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: '12908022-2e21-46cd-ba6a-3edaf6093f46',
      message: 'There is no such note.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    if (!(await noteById(ctx.db, params.noteId))) return fail('noSuchNote')
    const ids = await renoteIds(ctx.db, me?.id ?? null, { noteId: params.noteId }, toPage(params))
    return showNotes(ctx, ids, me)
  },
})
