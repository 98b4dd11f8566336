import Type from 'typebox'
import { createChannel } from '../../core/channel.ts'
import { HOUR } from '../../lib/time.ts'
import { showChannel } from '../../views/channel.ts'
import { Channel } from '../../views/schema/channel.ts'
import { endpoint } from '../endpoint.ts'
import { Id, Nullable } from '../params.ts'

export default endpoint({
  path: 'channels/create',
  about: 'Makes a channel.',
  auth: 'required',
  permission: 'write:channels',
  secure: false,
  refusedToMoved: true,
  policy: 'canCreateChannel',
  limit: { max: 10, per: HOUR },
  params: Type.Object({
    name: Type.String({ minLength: 1, maxLength: 128 }),
    description: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 2048 }))),
    bannerId: Type.Optional(Nullable(Id())),
    color: Type.Optional(Type.String({ minLength: 1, maxLength: 16 })),
    isSensitive: Type.Optional(Nullable(Type.Boolean())),
    allowRenoteToExternal: Type.Optional(Nullable(Type.Boolean())),
  }),
  res: Channel,
  errors: {
    noSuchFile: {
      code: 'NO_SUCH_FILE',
      id: 'cd1e9f3e-5a12-4ab4-96f6-5d0a2cc32050',
      message: 'The file of the banner does not exist or is not yours.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const { name, description, bannerId, color, isSensitive, allowRenoteToExternal } = params
    const made = await createChannel(ctx, me.id, {
      ...{ name, description, bannerId, color },
      isSensitive: isSensitive ?? undefined,
      allowRenoteToExternal: allowRenoteToExternal ?? undefined,
    })
    if (typeof made === 'string') return fail(made)
    return (await showChannel(ctx, made.id, me)) ?? fail('noSuchFile')
  },
  again: ({ ctx, me }, id) => showChannel(ctx, id, me),
})
