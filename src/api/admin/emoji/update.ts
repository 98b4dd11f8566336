import Type from 'typebox'
import { updateEmoji } from '../../../core/change-emojis.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'
import { detailParams, detailsOf, EmojiName } from './details.ts'
import { pictureOf } from './picture.ts'

const known = Type.Object({
  ...detailParams,
  id: Type.Optional(Id()),
  name: Type.Optional(EmojiName()),
  fileId: Type.Optional(Id()),
})

export default endpoint({
  path: 'admin/emoji/update',
  about: 'Changes a custom emoji, found by its id, or by its name if that stays.',
  auth: 'required',
  permission: 'write:admin:emoji',
  secure: false,
  policy: 'canManageCustomEmojis',
  params: Type.Unsafe<Type.Static<typeof known>>({ ...known, anyOf: [{ required: ['id'] }, { required: ['name'] }] }),
  res: null,
  errors: {
    noSuchEmoji: {
      code: 'NO_SUCH_EMOJI',
      id: '684dec9d-a8c2-4364-9aa8-456c49cb1dc8',
      message: 'There is no such custom emoji.',
    },
    noSuchFile: {
      code: 'NO_SUCH_FILE',
      id: '14fb9fd9-0731-4e2f-aeb9-f09e4740333d',
      message: 'There is no such file.',
    },
    sameNameEmojiExists: {
      code: 'SAME_NAME_EMOJI_EXISTS',
      id: '7180fe9d-1ee3-bff9-647d-fe9896d2ffb8',
      message: 'Another custom emoji has that name.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const picture = params.fileId === undefined ? {} : await pictureOf(ctx, params.fileId, me)
    if (typeof picture === 'string') return fail('noSuchFile')
    const updated = await updateEmoji(ctx, params, { ...detailsOf(params), ...picture })
    return typeof updated === 'string' ? fail(updated) : undefined
  },
})
