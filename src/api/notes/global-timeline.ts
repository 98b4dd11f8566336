import Type from 'typebox'
import { policiesWith } from '../../config/policies.ts'
import { globalIds } from '../../db/queries/timelines.ts'
import { toPage } from '../../lib/pagination.ts'
import { showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { filterOf, timelineParams } from './timeline-params.ts'

export default endpoint({
  path: 'notes/global-timeline',
  about: 'Every public note, replies included.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object(timelineParams),
  res: Type.Array(Note),
  errors: {
    gtlDisabled: {
      code: 'GTL_DISABLED',
      id: '0332fc13-6ab2-4427-ae80-a9fadffd1a6b',
      message: 'The global timeline is turned off.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    if (!(me?.policies ?? policiesWith(ctx.settings.current().policies)).gtlAvailable) return fail('gtlDisabled')
    const ids = await globalIds(ctx.db, me?.id ?? null, filterOf(params), toPage(params))
    return showNotes(ctx, ids, me)
  },
})
