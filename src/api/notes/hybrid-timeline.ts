import Type from 'typebox'
import { hybridIds } from '../../db/queries/timelines.ts'
import { toPage } from '../../lib/pagination.ts'
import { showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { Flag } from '../params.ts'
import { bothWithRepliesAndWithFiles, filterOf, ownTimelineParams } from './timeline-params.ts'

export default endpoint({
  path: 'notes/hybrid-timeline',
  about: 'The social timeline: home and local in one.',
  auth: 'required',
  permission: 'read:account',
  secure: false,
  params: Type.Object({ ...ownTimelineParams, withReplies: Flag(false) }),
  res: Type.Array(Note),
  errors: {
    stlDisabled: {
      code: 'STL_DISABLED',
      id: '620763f4-f621-4533-ab33-0577a1a3c342',
      message: 'The social timeline is turned off.',
    },
    bothWithRepliesAndWithFiles: bothWithRepliesAndWithFiles('dfaa3eb7-8002-4cb7-bcc4-1095df46656f'),
  },
  async handle({ ctx, params, me, fail }) {
    if (!me.policies.ltlAvailable) return fail('stlDisabled')
    if (params.withReplies && params.withFiles) return fail('bothWithRepliesAndWithFiles')
    const ids = await hybridIds(ctx.db, me.id, filterOf(params), toPage(params))
    return showNotes(ctx, ids, me)
  },
})
