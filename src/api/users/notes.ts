import Type from 'typebox'
import { userIds } from '../../db/queries/timelines.ts'
import { userById } from '../../db/queries/users.ts'
import { toPage } from '../../lib/pagination.ts'
import { showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { bothWithRepliesAndWithFiles, filterOf, timelineParams } from '../notes/timeline-params.ts'
import { Flag, Id } from '../params.ts'

export default endpoint({
  path: 'users/notes',
  about: 'The notes of one person, as far as the caller may see them.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ ...timelineParams, userId: Id(), withReplies: Flag(false), withChannelNotes: Flag(false) }),
  res: Type.Array(Note),
  errors: {
    bothWithRepliesAndWithFiles: bothWithRepliesAndWithFiles('91c8cb9f-36ed-46e7-9ca2-7df96ed6e222'),
  },
  async handle({ ctx, params, me, fail }) {
    if (params.withReplies && params.withFiles) return fail('bothWithRepliesAndWithFiles')
    const author = await userById(ctx.db, params.userId)
    // Clients expect an empty list, not an error, for someone they do not know.
    if (!author || (author.requireSigninToViewContents && !me)) return []
    const asked = { ...filterOf(params), author: author.id, withChannelNotes: params.withChannelNotes ?? false }
    const ids = await userIds(ctx.db, me?.id ?? null, asked, toPage(params))
    return showNotes(ctx, ids, me)
  },
})
