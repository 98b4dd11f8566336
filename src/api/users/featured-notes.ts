import Type from 'typebox'
import { featuredOfUserIds } from '../../db/queries/featured.ts'
import { toPage } from '../../lib/pagination.ts'
import { showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { Id, limitParam } from '../params.ts'

export default endpoint({
  path: 'users/featured-notes',
  about: 'A person’s most popular notes of these two weeks, the latest first.',
  auth: 'none',
  permission: null,
  secure: false,
  get: { cache: 3600 },
  params: Type.Object({ ...limitParam(), untilId: Type.Optional(Id()), userId: Id() }),
  res: Type.Array(Note),
  errors: {},
  async handle({ ctx, params, me }) {
    const ids = await featuredOfUserIds(ctx.db, me?.id ?? null, params.userId, toPage(params))
    return showNotes(ctx, ids, me)
  },
})
