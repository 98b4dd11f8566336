import Type from 'typebox'
import { replyIds } from '../../db/queries/threads.ts'
import { toPage } from '../../lib/pagination.ts'
import { showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, Id, limitParam } from '../params.ts'

export default endpoint({
  path: 'notes/replies',
  about: 'What answers a note; nothing for a note that does not exist.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ noteId: Id(), ...limitParam(), ...boundParams }),
  res: Type.Array(Note),
  errors: {},
  async handle({ ctx, params, me }) {
    const ids = await replyIds(ctx.db, me?.id ?? null, { noteId: params.noteId }, toPage(params))
    return showNotes(ctx, ids, me)
  },
})
