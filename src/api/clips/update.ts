import Type from 'typebox'
import { changeClip } from '../../core/clip.ts'
import { showClip } from '../../views/clip.ts'
import { Clip } from '../../views/schema/clip.ts'
import { endpoint } from '../endpoint.ts'
import { Id, Nullable } from '../params.ts'

export default endpoint({
  path: 'clips/update',
  about: 'Changes one of the caller’s clips.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  refusedToMoved: true,
  params: Type.Object({
    clipId: Id(),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    isPublic: Type.Optional(Type.Boolean()),
    description: Type.Optional(Nullable(Type.String({ maxLength: 2048 }))),
  }),
  res: Clip,
  errors: {
    noSuchClip: {
      code: 'NO_SUCH_CLIP',
      id: 'b4d92d70-b216-46fa-9a3f-a8c811699257',
      message: 'You have no such clip.',
    },
  },
  async handle({ ctx, params: { clipId, name, description, isPublic }, me, fail }) {
    const changed = await changeClip(ctx, me.id, clipId, { name, description, isPublic })
    if (typeof changed === 'string') return fail(changed)
    return (await showClip(ctx, clipId, me)) ?? fail('noSuchClip')
  },
})
