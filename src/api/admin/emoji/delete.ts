import Type from 'typebox'
import { deleteEmoji } from '../../../core/change-emojis.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'admin/emoji/delete',
  about: 'Deletes a custom emoji. Reactions with it stay.',
  auth: 'required',
  permission: 'write:admin:emoji',
  secure: false,
  policy: 'canManageCustomEmojis',
  params: Type.Object({ id: Id() }),
  res: null,
  errors: {
    noSuchEmoji: {
      code: 'NO_SUCH_EMOJI',
      id: 'be83669b-773a-44b7-b1f8-e5e5170ac3c2',
      message: 'There is no such custom emoji.',
    },
  },
  async handle({ ctx, params, fail }) {
    const deleted = await deleteEmoji(ctx, params.id)
    return typeof deleted === 'string' ? fail(deleted) : undefined
  },
})
