import Type from 'typebox'
import { listIds } from '../../db/queries/list-timeline.ts'
import { ownList } from '../../db/queries/user-lists.ts'
import { toPage } from '../../lib/pagination.ts'
import { showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'
import { filterOf, ownTimelineParams } from './timeline-params.ts'

export default endpoint({
  path: 'notes/user-list-timeline',
  about: 'The notes of the people on one of the caller’s lists.',
  auth: 'required',
  permission: 'read:account',
  secure: false,
  params: Type.Object({ ...ownTimelineParams, listId: Id() }),
  res: Type.Array(Note),
  errors: {
    noSuchList: {
      code: 'NO_SUCH_LIST',
      id: '8fb1fbd5-e476-4c37-9fb0-43d55b63a2ff',
      message: 'You have no such list.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    if (!(await ownList(ctx.db, params.listId, me.id))) return fail('noSuchList')
    const ids = await listIds(ctx.db, me.id, { ...filterOf(params), list: params.listId }, toPage(params))
    return showNotes(ctx, ids, me)
  },
})
