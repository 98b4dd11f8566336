import Type from 'typebox'
import { emojiPage, findEmojis } from '../../../db/queries/emojis.ts'
import { toPage } from '../../../lib/pagination.ts'
import { showEmojiDetailed } from '../../../views/emoji.ts'
import { EmojiDetailed } from '../../../views/schema/emoji.ts'
import { endpoint } from '../../endpoint.ts'
import { boundParams, limitParam, Nullable } from '../../params.ts'

export default endpoint({
  path: 'admin/emoji/list',
  about: 'The custom emojis, latest first; all, or those with a text in their name, aliases or category.',
  auth: 'required',
  permission: 'read:admin:emoji',
  secure: false,
  policy: 'canManageCustomEmojis',
  params: Type.Object({
    ...limitParam(),
    ...boundParams,
    query: Type.Optional(Nullable(Type.String({ default: null }))),
  }),
  res: Type.Array(EmojiDetailed),
  errors: {},
  async handle({ ctx, params }) {
    const page = toPage(params)
    const rows = params.query ? await findEmojis(ctx.db, params.query, page) : await emojiPage(ctx.db, page)
    return rows.map(showEmojiDetailed)
  },
})
