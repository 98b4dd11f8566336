import Type from 'typebox'
import { homeIds } from '../../db/queries/home.ts'
import { toPage } from '../../lib/pagination.ts'
import { showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { filterOf, ownTimelineParams } from './timeline-params.ts'

export default endpoint({
  path: 'notes/timeline',
  about: 'The home timeline: one’s own notes and those of the people one follows.',
  auth: 'required',
  permission: 'read:account',
  secure: false,
  params: Type.Object(ownTimelineParams),
  res: Type.Array(Note),
  errors: {},
  async handle({ ctx, params, me }) {
    const ids = await homeIds(ctx.db, me.id, filterOf(params), toPage(params))
    return showNotes(ctx, ids, me)
  },
})
