import Type from 'typebox'
import { allEmojis } from '../db/queries/emojis.ts'
import { showEmojiSimple } from '../views/emoji.ts'
import { EmojiSimple } from '../views/schema/emoji.ts'
import { endpoint } from './endpoint.ts'
import { NoParams } from './params.ts'

export default endpoint({
  path: 'emojis',
  about: 'All custom emojis, by category and name.',
  auth: 'none',
  permission: null,
  secure: false,
  get: { cache: 3600 },
  params: NoParams,
  res: Type.Object({ emojis: Type.Array(EmojiSimple) }),
  errors: {},
  async handle({ ctx }) {
    return { emojis: (await allEmojis(ctx.db)).map(showEmojiSimple) }
  },
})
