import Type from 'typebox'
import { unfollowChannel } from '../../core/follow-channel.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'channels/unfollow',
  about: 'Stops following a channel.',
  auth: 'required',
  permission: 'write:channels',
  secure: false,
  refusedToMoved: true,
  params: Type.Object({ channelId: Id() }),
  res: null,
  errors: {
    noSuchChannel: {
      code: 'NO_SUCH_CHANNEL',
      id: '19959ee9-0153-4c51-bbd9-a98c49dc59d6',
      message: 'There is no such channel.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const done = await unfollowChannel(ctx, me.id, params.channelId)
    return typeof done === 'string' ? fail(done) : undefined
  },
})
