import Type from 'typebox'
import { unfavoriteChannel } from '../../core/follow-channel.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'channels/unfavorite',
  about: 'Takes a channel out of the caller’s favourites.',
  auth: 'required',
  permission: 'write:channels',
  secure: false,
  refusedToMoved: true,
  params: Type.Object({ channelId: Id() }),
  res: null,
  errors: {
    noSuchChannel: {
      code: 'NO_SUCH_CHANNEL',
      id: '353c68dd-131a-476c-aa99-88a345e83668',
      message: 'There is no such channel.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const done = await unfavoriteChannel(ctx, me.id, params.channelId)
    return typeof done === 'string' ? fail(done) : undefined
  },
})
