import Type from 'typebox'
import { changeChannel } from '../../core/channel.ts'
import { showChannel } from '../../views/channel.ts'
import { Channel } from '../../views/schema/channel.ts'
import { endpoint } from '../endpoint.ts'
import { Id, Nullable } from '../params.ts'

export default endpoint({
  path: 'channels/update',
  about: 'Changes one of the caller’s channels; moderators may change any.',
  auth: 'required',
  permission: 'write:channels',
  secure: false,
  params: Type.Object({
    channelId: Id(),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    description: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 2048 }))),
    bannerId: Type.Optional(Nullable(Id())),
    color: Type.Optional(Type.String({ minLength: 1, maxLength: 16 })),
    isSensitive: Type.Optional(Nullable(Type.Boolean())),
    allowRenoteToExternal: Type.Optional(Nullable(Type.Boolean())),
    isArchived: Type.Optional(Nullable(Type.Boolean())),
    pinnedNoteIds: Type.Optional(Type.Array(Id(), { maxItems: 100 })),
  }),
  res: Channel,
  errors: {
    noSuchChannel: {
      code: 'NO_SUCH_CHANNEL',
      id: 'f9c5467f-d492-4c3c-9a8d-a70dacc86512',
      message: 'There is no such channel.',
    },
    accessDenied: {
      code: 'ACCESS_DENIED',
      id: '1fb7cb09-d46a-4fdf-b8df-057788cce513',
      message: 'The channel is not yours.',
    },
    noSuchFile: {
      code: 'NO_SUCH_FILE',
      id: 'e86c14a4-0da2-4032-8df3-e737a04c7f3b',
      message: 'The file of the banner does not exist or is not yours.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const { channelId, name, description, bannerId, color, pinnedNoteIds } = params
    const changed = await changeChannel(ctx, channelId, me, {
      ...{ name, description, bannerId, color, pinnedNoteIds },
      isSensitive: params.isSensitive ?? undefined,
      allowRenoteToExternal: params.allowRenoteToExternal ?? undefined,
      isArchived: params.isArchived ?? undefined,
    })
    if (typeof changed === 'string') return fail(changed)
    return (await showChannel(ctx, channelId, me)) ?? fail('noSuchChannel')
  },
})
