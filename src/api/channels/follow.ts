import Type from 'typebox'
import { followChannel } from '../../core/follow-channel.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'channels/follow',
  about: 'Follows a channel: its notes come into the caller’s home timeline.',
  auth: 'required',
  permission: 'write:channels',
  secure: false,
  refusedToMoved: true,
  params: Type.Object({ channelId: Id() }),
  res: null,
  errors: {
    noSuchChannel: {
      code: 'NO_SUCH_CHANNEL',
      id: 'c0031718-d573-4e85-928e-10039f1fbb68',
      message: 'There is no such channel.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const done = await followChannel(ctx, me.id, params.channelId)
    return typeof done === 'string' ? fail(done) : undefined
  },
})
