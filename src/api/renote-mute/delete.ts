import Type from 'typebox'
import { unmuteRenotes } from '../../core/mute-renotes.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'renote-mute/delete',
  about: 'Shows the renotes of a person again.',
  auth: 'required',
  permission: 'write:mutes',
  secure: false,
  params: Type.Object({ userId: Id() }),
  res: null,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '9b6728cf-638c-4aa1-bedb-e07d8101474d',
      message: 'There is no such person here.',
    },
    muteeIsYourself: {
      code: 'MUTEE_IS_YOURSELF',
      id: '619b1314-0850-4597-a242-e245f3da42af',
      message: 'Nobody mutes themselves.',
    },
    notMuting: {
      code: 'NOT_MUTING',
      id: '2e4ef874-8bf0-4b4b-b069-4598f6d05817',
      message: 'You do not mute the renotes of this person.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const failure = await unmuteRenotes(ctx, me.id, params.userId)
    return failure && fail(failure)
  },
})
