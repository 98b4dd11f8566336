import Type from 'typebox'
import { muteRenotes } from '../../core/mute-renotes.ts'
import { HOUR } from '../../lib/time.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'renote-mute/create',
  about: 'Mutes what a person renotes without a word of their own.',
  auth: 'required',
  permission: 'write:mutes',
  secure: false,
  refusedToMoved: true,
  limit: { max: 20, per: HOUR },
  params: Type.Object({ userId: Id() }),
  res: null,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '5e0a5dff-1e94-4202-87ae-4d9c89eb2271',
      message: 'There is no such person here.',
    },
    muteeIsYourself: {
      code: 'MUTEE_IS_YOURSELF',
      id: '37285718-52f7-4aef-b7de-c38b8e8a8420',
      message: 'Nobody mutes themselves.',
    },
    alreadyMuting: {
      code: 'ALREADY_MUTING',
      id: 'ccfecbe4-1f1c-4fc2-8a3d-c3ffee61cb7b',
      message: 'You mute the renotes of this person already.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const failure = await muteRenotes(ctx, me.id, params.userId)
    return failure && fail(failure)
  },
})
