import Type from 'typebox'
import { searchedChannels } from '../../db/queries/channels.ts'
import { foldText } from '../../lib/fold-text.ts'
import { toPage } from '../../lib/pagination.ts'
import { showChannels } from '../../views/channel.ts'
import { Channel } from '../../views/schema/channel.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, limitParam, OneOf } from '../params.ts'

export default endpoint({
  path: 'channels/search',
  about: 'Channels by what their name or description says.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({
    query: Type.String(),
    type: Type.Optional(OneOf(['nameAndDescription', 'nameOnly'], { default: 'nameAndDescription' })),
    ...limitParam(5),
    ...boundParams,
  }),
  res: Type.Array(Channel),
  errors: {},
  async handle({ ctx, params, me }) {
    const nameOnly = params.type === 'nameOnly'
    const rows = await searchedChannels(ctx.db, foldText(params.query), { nameOnly }, toPage(params, 5))
    return showChannels(ctx, rows, me)
  },
})
