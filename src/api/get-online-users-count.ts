import Type from 'typebox'
import { countActiveSince } from '../db/queries/counts.ts'
import { MINUTE } from '../lib/time.ts'
import { closed } from '../views/schema/fields.ts'
import { endpoint } from './endpoint.ts'
import { NoParams } from './params.ts'

export default endpoint({
  path: 'get-online-users-count',
  about: 'How many people were here in the last ten minutes.',
  auth: 'none',
  permission: null,
  secure: false,
  get: { cache: 60 },
  params: NoParams,
  res: closed({ count: Type.Integer() }),
  errors: {},
  async handle({ ctx }) {
    return { count: await countActiveSince(ctx.db, Date.now() - 10 * MINUTE) }
  },
})
