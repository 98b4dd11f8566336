import Type from 'typebox'
import { featuredIds, featuredInChannelIds } from '../../db/queries/featured.ts'
import { toPage } from '../../lib/pagination.ts'
import { showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { Id, limitParam, Nullable } from '../params.ts'

export default endpoint({
  path: 'notes/featured',
  about: 'The most popular notes of these days, everywhere or in a channel, the latest first.',
  auth: 'none',
  permission: null,
  secure: false,
  get: { cache: 3600 },
  params: Type.Object({
    ...limitParam(),
    untilId: Type.Optional(Id()),
    channelId: Type.Optional(Nullable(Id())),
  }),
  res: Type.Array(Note),
  errors: {},
  async handle({ ctx, params, me }) {
    const viewer = me?.id ?? null
    const page = toPage(params)
    const { channelId } = params
    const ids = channelId
      ? await featuredInChannelIds(ctx.db, viewer, channelId, page)
      : await featuredIds(ctx.db, viewer, page)
    return showNotes(ctx, ids, me)
  },
})
