import Type from 'typebox'
import { countReactions, serverCounts } from '../db/queries/counts.ts'
import { closed } from '../views/schema/fields.ts'
import { endpoint } from './endpoint.ts'
import { NoParams } from './params.ts'

export default endpoint({
  path: 'stats',
  about: 'How many people, notes and reactions there are.',
  auth: 'none',
  permission: null,
  secure: false,
  params: NoParams,
  res: closed({
    notesCount: Type.Integer(),
    originalNotesCount: Type.Integer(),
    usersCount: Type.Integer(),
    originalUsersCount: Type.Integer(),
    reactionsCount: Type.Integer(),
    instances: Type.Integer(),
    driveUsageLocal: Type.Integer(),
    driveUsageRemote: Type.Integer(),
  }),
  errors: {},
  async handle({ ctx }) {
    const now = Date.now()
    const { users, notes } = await serverCounts(ctx.db, { halfYear: now, month: now })
    // Everyone and everything is from here.
    return {
      notesCount: Number(notes),
      originalNotesCount: Number(notes),
      usersCount: Number(users),
      originalUsersCount: Number(users),
      reactionsCount: await countReactions(ctx.db),
      instances: 0,
      driveUsageLocal: 0,
      driveUsageRemote: 0,
    }
  },
})
