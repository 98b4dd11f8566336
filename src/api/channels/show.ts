import Type from 'typebox'
import { showChannelDetailed } from '../../views/channel.ts'
import { Channel } from '../../views/schema/channel.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'channels/show',
  about: 'A channel, with the notes pinned in it.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ channelId: Id() }),
  res: Channel,
  errors: {
    noSuchChannel: {
      code: 'NO_SUCH_CHANNEL',
      id: '6f6c314b-7486-4897-8966-c04a66a02923',
      message: 'There is no such channel.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    return (await showChannelDetailed(ctx, params.channelId, me)) ?? fail('noSuchChannel')
  },
})
