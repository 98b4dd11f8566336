import Type from 'typebox'
import { mute } from '../../core/mute.ts'
import { HOUR } from '../../lib/time.ts'
import { endpoint } from '../endpoint.ts'
import { Id, Nullable, Time } from '../params.ts'

export default endpoint({
  path: 'mute/create',
  about: 'Mutes a person, until a moment or until it is ended: the caller sees and hears nothing of them.',
  auth: 'required',
  permission: 'write:mutes',
  secure: false,
  refusedToMoved: true,
  limit: { max: 20, per: HOUR },
  params: Type.Object({ userId: Id(), expiresAt: Type.Optional(Nullable(Time())) }),
  res: null,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '6fef56f3-e765-4957-88e5-c6f65329b8a5',
      message: 'There is no such person here.',
    },
    muteeIsYourself: {
      code: 'MUTEE_IS_YOURSELF',
      id: 'a4619cb2-5f23-484b-9301-94c903074e10',
      message: 'Nobody mutes themselves.',
    },
    alreadyMuting: {
      code: 'ALREADY_MUTING',
      id: '7e7359cb-160c-4956-b08f-4d1c653cd007',
      message: 'You mute this person already.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const failure = await mute(ctx, me.id, params.userId, params.expiresAt ?? null)
    return failure && fail(failure)
  },
})
