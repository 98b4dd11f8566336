import Type from 'typebox'
import { hashtagByName } from '../../db/queries/hashtags.ts'
import { normaliseTag } from '../../lib/note-text.ts'
import { showHashtag } from '../../views/hashtag.ts'
import { Hashtag } from '../../views/schema/hashtag.ts'
import { endpoint } from '../endpoint.ts'

export default endpoint({
  path: 'hashtags/show',
  about: 'How many people use a hashtag.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ tag: Type.String() }),
  res: Hashtag,
  errors: {
    noSuchHashtag: {
      code: 'NO_SUCH_HASHTAG',
      id: '110ee688-193e-4a3a-9ecf-c167b2e6981e',
      message: 'Nobody has used this hashtag.',
    },
  },
  async handle({ ctx, params, fail }) {
    const row = await hashtagByName(ctx.db, normaliseTag(params.tag))
    return row ? showHashtag(row) : fail('noSuchHashtag')
  },
})
