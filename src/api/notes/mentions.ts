import Type from 'typebox'
import { mentionIds } from '../../db/queries/mentions.ts'
import { toPage } from '../../lib/pagination.ts'
import { showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, Flag, limitParam } from '../params.ts'

export default endpoint({
  path: 'notes/mentions',
  about: 'Notes that mention the caller, answer them or are for them.',
  auth: 'required',
  permission: 'read:account',
  secure: false,
  params: Type.Object({
    following: Flag(false),
    ...limitParam(),
    ...boundParams,
    visibility: Type.Optional(Type.String()),
  }),
  res: Type.Array(Note),
  errors: {},
  async handle({ ctx, params, me }) {
    const asked = { visibility: params.visibility ?? '', following: params.following ?? false }
    return showNotes(ctx, await mentionIds(ctx.db, me.id, asked, toPage(params)), me)
  },
})
