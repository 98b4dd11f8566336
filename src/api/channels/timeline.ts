import Type from 'typebox'
import { channelById } from '../../db/queries/channels.ts'
import { channelIds } from '../../db/queries/timelines.ts'
import { toPage } from '../../lib/pagination.ts'
import { showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, Flag, Id, limitParam } from '../params.ts'

export default endpoint({
  path: 'channels/timeline',
  about: 'The notes posted in a channel.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ channelId: Id(), ...limitParam(), ...boundParams, allowPartial: Flag(false) }),
  res: Type.Array(Note),
  errors: {
    noSuchChannel: {
      code: 'NO_SUCH_CHANNEL',
      id: '4d0eeeba-a02c-4c3c-9966-ef60d38d2e7f',
      message: 'There is no such channel.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const channel = await channelById(ctx.db, params.channelId)
    if (!channel) return fail('noSuchChannel')
    const ids = await channelIds(ctx.db, me?.id ?? null, { channel: channel.id }, toPage(params))
    return showNotes(ctx, ids, me)
  },
})
