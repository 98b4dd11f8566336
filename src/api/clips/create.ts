import Type from 'typebox'
import { createClip } from '../../core/clip.ts'
import { showClip } from '../../views/clip.ts'
import { Clip } from '../../views/schema/clip.ts'
import { endpoint } from '../endpoint.ts'
import { Flag, Nullable } from '../params.ts'

export default endpoint({
  path: 'clips/create',
  about: 'Makes a clip, a collection of notes, empty at first.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  refusedToMoved: true,
  params: Type.Object({
    name: Type.String({ minLength: 1, maxLength: 100 }),
    isPublic: Flag(false),
    description: Type.Optional(Nullable(Type.String({ maxLength: 2048 }))),
  }),
  res: Clip,
  errors: {
    tooManyClips: {
      code: 'TOO_MANY_CLIPS',
      id: '920f7c2d-6208-4b76-8082-e632020f5883',
      message: 'You have as many clips as you may.',
    },
  },
  async handle({ ctx, params: { name, isPublic = false, description = null }, me, fail }) {
    const made = await createClip(ctx, me.id, { name, description, isPublic }, me.policies.clipLimit)
    if (typeof made === 'string') return fail(made)
    return (await showClip(ctx, made.id, me)) ?? fail('tooManyClips')
  },
  again: ({ ctx, me }, id) => showClip(ctx, id, me),
})
