import Type from 'typebox'
import { wishOf } from '../../db/queries/note-wishes.ts'
import { MAX_TAGS_TOGETHER, taggedIds } from '../../db/queries/tagged-notes.ts'
import { normaliseTag } from '../../lib/note-text.ts'
import { type PageParams, toPage } from '../../lib/pagination.ts'
import { showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, Flag, limitParam, Nullable } from '../params.ts'

/** Each of them is a search of its own. */
const MAX_GROUPS = 16

const tag = Type.String({ minLength: 1, maxLength: 1024 })
const wish = Type.Optional(Nullable(Type.Boolean()))

interface Params extends PageParams {
  tag?: string
  query?: string[][]
  reply?: boolean | null
  renote?: boolean | null
  poll?: boolean | null
  withFiles?: boolean
}

export default endpoint({
  path: 'notes/search-by-tag',
  about: 'Notes with a hashtag, or with all hashtags of one of several groups.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Unsafe<Params>({
    type: 'object',
    properties: {
      tag,
      query: Type.Array(Type.Array(tag, { minItems: 1, maxItems: MAX_TAGS_TOGETHER }), {
        minItems: 1,
        maxItems: MAX_GROUPS,
      }),
      reply: wish,
      renote: wish,
      withFiles: Flag(false),
      poll: wish,
      ...limitParam(),
      ...boundParams,
    },
    anyOf: [{ required: ['tag'] }, { required: ['query'] }],
  }),
  res: Type.Array(Note),
  errors: {},
  async handle({ ctx, params, me }) {
    const groups = params.tag === undefined ? (params.query ?? []) : [[params.tag]]
    const ids = await taggedIds(
      ctx.db,
      me?.id ?? null,
      groups.map((group) => group.map(normaliseTag)),
      {
        reply: wishOf(params.reply),
        renote: wishOf(params.renote),
        poll: wishOf(params.poll),
        files: params.withFiles ? 'yes' : 'any',
      },
      toPage(params),
    )
    return showNotes(ctx, ids, me)
  },
})
