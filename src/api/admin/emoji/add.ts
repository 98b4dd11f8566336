import Type from 'typebox'
import { EmojiDetailed } from '../../../views/schema/emoji.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'
import { detailParams, EmojiName } from './details.ts'

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
  },
  // Without a drive no file exists; with one, `addEmoji` makes the emoji.
  async handle({ fail }) {
    return fail('noSuchFile')
  },
})
