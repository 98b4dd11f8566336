import Type from 'typebox'
import { wishOf } from '../db/queries/note-wishes.ts'
import { publicIds } from '../db/queries/public-notes.ts'
import { toPage } from '../lib/pagination.ts'
import { showNotes } from '../views/note.ts'
import { Note } from '../views/schema/note.ts'
import { endpoint } from './endpoint.ts'
import { boundParams, Flag, limitParam } from './params.ts'

export default endpoint({
  path: 'notes',
  about: 'Notes that are for everyone, here and elsewhere, as somebody who is not signed in sees them.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({
    local: Flag(false),
    reply: Type.Optional(Type.Boolean()),
    renote: Type.Optional(Type.Boolean()),
    withFiles: Type.Optional(Type.Boolean()),
    poll: Type.Optional(Type.Boolean()),
    ...limitParam(),
    ...boundParams,
  }),
  res: Type.Array(Note),
  errors: {},
  async handle({ ctx, params }) {
    const wishes = {
      reply: wishOf(params.reply),
      renote: wishOf(params.renote),
      poll: wishOf(params.poll),
      files: wishOf(params.withFiles),
    }
    return showNotes(ctx, await publicIds(ctx.db, wishes, toPage(params)), null)
  },
})
