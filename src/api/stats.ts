import Type from 'typebox'
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
    const { users, notes, reactions } = await ctx.memory.counts()
    // Everyone and everything is from here.
    return {
      notesCount: notes,
      originalNotesCount: notes,
      usersCount: users,
      originalUsersCount: users,
      reactionsCount: reactions,
      instances: 0,
      driveUsageLocal: 0,
      driveUsageRemote: 0,
    }
  },
})
