import Type from 'typebox'
import { vote } from '../../../core/vote.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'notes/polls/vote',
  about: 'Votes in the poll of a note, for one choice, counted from 0.',
  auth: 'required',
  permission: 'write:votes',
  secure: false,
  refusedToMoved: true,
  params: Type.Object({ noteId: Id(), choice: Type.Integer() }),
  res: null,
  errors: {
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: 'ecafbd2e-c283-4d6d-aecb-1a0a33b75396',
      message: 'There is no such note, or you may not see it.',
    },
    noPoll: {
      code: 'NO_POLL',
      id: '5f979967-52d9-4314-a911-1c673727f92f',
      message: 'The note has no poll.',
    },
    invalidChoice: {
      code: 'INVALID_CHOICE',
      id: 'e0cc9a04-f2e8-41e4-a5f1-4127293260cc',
      message: 'The poll has no such choice; the first one is 0.',
    },
    alreadyVoted: {
      code: 'ALREADY_VOTED',
      id: '0963fc77-efac-419b-9424-b391608dc6d8',
      message: 'You have voted already, and votes stay.',
    },
    alreadyExpired: {
      code: 'ALREADY_EXPIRED',
      id: '1022a357-b085-4054-9083-8f8de358337e',
      message: 'The poll has ended.',
    },
    youHaveBeenBlocked: {
      code: 'YOU_HAVE_BEEN_BLOCKED',
      id: '85a5377e-b1e9-4617-b0b9-5bea73331e49',
      message: 'The author has blocked you.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const voted = await vote(ctx, me.id, params.noteId, params.choice)
    return typeof voted === 'string' ? fail(voted) : undefined
  },
})
