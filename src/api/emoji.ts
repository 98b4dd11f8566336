import Type from 'typebox'
import { emojiByName } from '../db/queries/emojis.ts'
import { showEmojiDetailed } from '../views/emoji.ts'
import { EmojiDetailed } from '../views/schema/emoji.ts'
import { endpoint } from './endpoint.ts'

export default endpoint({
  path: 'emoji',
  about: 'One custom emoji by name.',
  auth: 'none',
  permission: null,
  secure: false,
  get: { cache: 3600 },
  params: Type.Object({ name: Type.String({ maxLength: 128 }) }),
  res: EmojiDetailed,
  errors: {
    noSuchEmoji: {
      code: 'NO_SUCH_EMOJI',
      id: '9ab22faf-d166-4eb5-ae92-7e8d6bd6334a',
      message: 'There is no custom emoji of that name.',
    },
  },
  async handle({ ctx, params, fail }) {
    const emoji = await emojiByName(ctx.db, params.name)
    return emoji ? showEmojiDetailed(emoji) : fail('noSuchEmoji')
  },
})
