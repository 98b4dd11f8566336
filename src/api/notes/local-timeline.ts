import Type from 'typebox'
import { policiesWith } from '../../config/policies.ts'
import { localIds } from '../../db/queries/timelines.ts'
import { toPage } from '../../lib/pagination.ts'
import { showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { Flag } from '../params.ts'
import { bothWithRepliesAndWithFiles, filterOf, timelineParams } from './timeline-params.ts'

export default endpoint({
  path: 'notes/local-timeline',
  about: 'Public notes of the people of this server.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ ...timelineParams, withReplies: Flag(false) }),
  res: Type.Array(Note),
  errors: {
    ltlDisabled: {
      code: 'LTL_DISABLED',
      id: '45a6eb02-7695-4393-b023-dd3be9aaaefd',
      message: 'The local timeline is turned off.',
    },
    bothWithRepliesAndWithFiles: bothWithRepliesAndWithFiles('dd9c8400-1cb5-4eef-8a31-200c5f933793'),
  },
  async handle({ ctx, params, me, fail }) {
    if (!(me?.policies ?? policiesWith(ctx.settings.current().policies)).ltlAvailable) return fail('ltlDisabled')
    if (params.withReplies && params.withFiles) return fail('bothWithRepliesAndWithFiles')
    const ids = await localIds(ctx.db, me?.id ?? null, filterOf(params), toPage(params))
    return showNotes(ctx, ids, me)
  },
})
