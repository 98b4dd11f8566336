import Type from 'typebox'
import { liveliestChannels } from '../../db/queries/channels.ts'
import { showChannels } from '../../views/channel.ts'
import { Channel } from '../../views/schema/channel.ts'
import { endpoint } from '../endpoint.ts'
import { NoParams } from '../params.ts'

export default endpoint({
  path: 'channels/featured',
  about: 'The channels where somebody posted last.',
  auth: 'none',
  permission: null,
  secure: false,
  params: NoParams,
  res: Type.Array(Channel),
  errors: {},
  async handle({ ctx, me }) {
    return showChannels(ctx, await liveliestChannels(ctx.db, 10), me)
  },
})
