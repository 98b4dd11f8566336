import Type from 'typebox'
import { addEmoji } from '../../../core/change-emojis.ts'
import { showEmojiDetailed } from '../../../views/emoji.ts'
import { EmojiDetailed } from '../../../views/schema/emoji.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'
import { detailParams, detailsOf, EmojiName } from './details.ts'
import { pictureOf } from './picture.ts'

export default endpoint({
  path: 'admin/emoji/add',
  about: 'Makes a file of the drive a custom emoji.',
  auth: 'required',
  permission: 'write:admin:emoji',
  secure: false,
  policy: 'canManageCustomEmojis',
  params: Type.Object({ ...detailParams, name: EmojiName(), fileId: Id() }),
  res: EmojiDetailed,
  errors: {
    noSuchFile: {
      code: 'NO_SUCH_FILE',
      id: 'fc46b5a4-6b92-4c33-ac66-b806659bb5cf',
      message: 'There is no such file.',
    },
    unsupportedFileType: {
      code: 'UNSUPPORTED_FILE_TYPE',
      id: 'f7599d96-8750-af68-1633-9575d625c1a7',
      message: 'The file is no picture that can be an emoji.',
    },
    duplicateName: {
      code: 'DUPLICATE_NAME',
      id: 'f7a3462c-4e6e-4069-8421-b9bd4f4c3975',
      message: 'Another custom emoji has that name.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const picture = await pictureOf(ctx, params.fileId, me)
    if (typeof picture === 'string') return fail(picture)
    const added = await addEmoji(ctx, { name: params.name, ...picture, ...detailsOf(params) })
    return typeof added === 'string' ? fail(added) : showEmojiDetailed(added)
  },
})
