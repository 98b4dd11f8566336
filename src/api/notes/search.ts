import Type from 'typebox'
import { policiesWith } from '../../config/policies.ts'
import { maxNoteTextLength } from '../../config/server-settings.ts'
import { searchNotes } from '../../db/queries/note-search.ts'
import { isOwnHost } from '../../lib/own-host.ts'
import { toPage } from '../../lib/pagination.ts'
import { showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'

import { boundParams, Id, limitParam, Nullable, offsetParam } from '../params.ts'

export default endpoint({
  path: 'notes/search',
  about: 'Notes that say something, anywhere in their text or content warning, in any case.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({
    query: Type.String(),
    ...limitParam(),
    ...boundParams,
    ...offsetParam,
    host: Type.Optional(Nullable(Type.String())),
    userId: Type.Optional(Nullable(Id())),
    channelId: Type.Optional(Nullable(Id())),
  }),
  res: Type.Array(Note),
  errors: {
    unavailable: {
      code: 'UNAVAILABLE',
      id: '0b44998d-77aa-4427-80d0-d2c9b8523011',
      message: 'Searching notes is not open to you on this server.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const { canSearchNotes } = me?.policies ?? policiesWith(ctx.settings.current().policies)
    if (!canSearchNotes) return fail('unavailable')
    const { query, host, userId = null, channelId = null, offset: skipped = 0 } = params
    // No note is as long as that, and none is from elsewhere.
    if (query.length > maxNoteTextLength || (host && !isOwnHost(ctx.config.url, host))) return []
    const ids = await searchNotes(ctx.db, me?.id ?? null, { query, userId, channelId }, toPage(params), { skipped })
    return showNotes(ctx, ids, me)
  },
})
