import Type from 'typebox'
import { favoriteChannel } from '../../core/follow-channel.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'channels/favorite',
  about: 'Marks a channel as a favourite of the caller.',
  auth: 'required',
  permission: 'write:channels',
  secure: false,
  refusedToMoved: true,
  params: Type.Object({ channelId: Id() }),
  res: null,
  errors: {
    noSuchChannel: {
      code: 'NO_SUCH_CHANNEL',
      id: '4938f5f3-6167-4c04-9149-6607b7542861',
      message: 'There is no such channel.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const done = await favoriteChannel(ctx, me.id, params.channelId)
    return typeof done === 'string' ? fail(done) : undefined
  },
})
