import Type from 'typebox'
import { unmute } from '../../core/mute.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'mute/delete',
  about: 'Ends a mute.',
  auth: 'required',
  permission: 'write:mutes',
  secure: false,
  params: Type.Object({ userId: Id() }),
  res: null,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: 'b851d00b-8ab1-4a56-8b1b-e24187cb48ef',
      message: 'There is no such person here.',
    },
    muteeIsYourself: {
      code: 'MUTEE_IS_YOURSELF',
      id: 'f428b029-6b39-4d48-a1d2-cc1ae6dd5cf9',
      message: 'Nobody mutes themselves.',
    },
    notMuting: {
      code: 'NOT_MUTING',
      id: '5467d020-daa9-4553-81e1-135c0c35a96d',
      message: 'You do not mute this person.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const failure = await unmute(ctx, me.id, params.userId)
    return failure && fail(failure)
  },
})
