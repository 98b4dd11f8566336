import Type from 'typebox'
import { favoriteChannels } from '../../db/queries/channels.ts'
import { showChannels } from '../../views/channel.ts'
import { Channel } from '../../views/schema/channel.ts'
import { endpoint } from '../endpoint.ts'
import { NoParams } from '../params.ts'

export default endpoint({
  path: 'channels/my-favorites',
  about: 'The caller’s favourite channels.',
  auth: 'required',
  permission: 'read:channels',
  secure: false,
  params: NoParams,
  res: Type.Array(Channel),
  errors: {},
  async handle({ ctx, me }) {
    return showChannels(ctx, await favoriteChannels(ctx.db, me.id), me)
  },
})
