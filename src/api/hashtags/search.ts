import Type from 'typebox'
import { hashtagsBeginning } from '../../db/queries/hashtags.ts'
import { normaliseTag } from '../../lib/note-text.ts'
import { endpoint } from '../endpoint.ts'
import { limitParam, offsetParam } from '../params.ts'

export default endpoint({
  path: 'hashtags/search',
  about: 'Hashtags that begin with a text, those that most people use first.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ ...limitParam(), query: Type.String(), ...offsetParam }),
  res: Type.Array(Type.String()),
  errors: {},
  async handle({ ctx, params: { query, limit = 10, offset = 0 } }) {
    return hashtagsBeginning(ctx.db, normaliseTag(query), { limit, offset })
  },
})
