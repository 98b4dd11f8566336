import { ownAccount } from '../db/queries/own-account.ts'
import { countLoginDay } from '../db/queries/users.ts'
import { DAY } from '../lib/time.ts'
import { showMe } from '../views/me.ts'
import { MeDetailed } from '../views/schema/me-detailed.ts'
import { endpoint } from './endpoint.ts'
import { NoParams } from './params.ts'

export default endpoint({
  path: 'i',
  about: 'The person whose token it is.',
  auth: 'required',
  permission: 'read:account',
  secure: false,
  params: NoParams,
  res: MeDetailed,
  errors: {},
  async handle({ ctx, me }) {
    const today = Math.floor(Date.now() / DAY)
    const secrets = me.credential.kind === 'native'
    const account = await ownAccount(ctx.db, me.id)
    if (account?.lastLoggedInDay === today) return showMe(ctx, me, { secrets, account })
    await ctx.transact((tx) => countLoginDay(tx, me.id, today))
    return showMe(ctx, me, { secrets })
  },
})
