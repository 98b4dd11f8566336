import Type from 'typebox'
import { updateMemo } from '../../core/update-memo.ts'
import { endpoint } from '../endpoint.ts'
import { Id, Nullable } from '../params.ts'

export default endpoint({
  path: 'users/update-memo',
  about: 'Notes something about a person, for oneself alone; nothing, or null, forgets it.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  params: Type.Object({ userId: Id(), memo: Nullable(Type.String({ maxLength: 2048 })) }),
  res: null,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '6fef56f3-e765-4957-88e5-c6f65329b8a5',
      message: 'There is no such person here.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const failure = await updateMemo(ctx, me.id, params.userId, params.memo || null)
    return failure && fail(failure)
  },
})
