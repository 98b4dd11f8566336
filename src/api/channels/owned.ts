import Type from 'typebox'
import { ownedChannels } from '../../db/queries/channels.ts'
import { toPage } from '../../lib/pagination.ts'
import { showChannels } from '../../views/channel.ts'
import { Channel } from '../../views/schema/channel.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, limitParam } from '../params.ts'

export default endpoint({
  path: 'channels/owned',
  about: 'The channels the caller has made, without those put away.',
  auth: 'required',
  permission: 'read:channels',
  secure: false,
  params: Type.Object({ ...limitParam(5), ...boundParams }),
  res: Type.Array(Channel),
  errors: {},
  async handle({ ctx, params, me }) {
    return showChannels(ctx, await ownedChannels(ctx.db, me.id, toPage(params, 5)), me)
  },
})
