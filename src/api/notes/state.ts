import Type from 'typebox'
import { noteStateFor } from '../../db/queries/thread-mutings.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'notes/state',
  about: 'What the caller has done with a note and its conversation for themselves.',
  auth: 'required',
  permission: 'read:account',
  secure: false,
  params: Type.Object({ noteId: Id() }),
  res: Type.Object({ isFavorited: Type.Boolean(), isMutedThread: Type.Boolean() }),
  errors: {
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: '96e0f999-c085-4bba-928f-e637df491160',
      message: 'There is no such note.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    return (await noteStateFor(ctx.db, me.id, params.noteId)) ?? fail('noSuchNote')
  },
})
