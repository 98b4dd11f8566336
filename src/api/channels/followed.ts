import Type from 'typebox'
import { followedChannels } from '../../db/queries/channels.ts'
import { toPage } from '../../lib/pagination.ts'
import { showChannels } from '../../views/channel.ts'
import { Channel } from '../../views/schema/channel.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, limitParam } from '../params.ts'

export default endpoint({
  path: 'channels/followed',
  about: 'The channels the caller follows.',
  auth: 'required',
  permission: 'read:channels',
  secure: false,
  params: Type.Object({ ...limitParam(5), ...boundParams }),
  res: Type.Array(Channel),
  errors: {},
  async handle({ ctx, params, me }) {
    return showChannels(ctx, await followedChannels(ctx.db, me.id, toPage(params, 5)), me)
  },
})
