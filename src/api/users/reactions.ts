import Type from 'typebox'
import { reactedIds } from '../../db/queries/reactions.ts'
import { blocks } from '../../db/queries/relations.ts'
import { userById } from '../../db/queries/users.ts'
import { toPage } from '../../lib/pagination.ts'
import { showReactionsWithNotes } from '../../views/reaction.ts'
import { NoteReactionWithNote } from '../../views/schema/reaction.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, Id, limitParam } from '../params.ts'

export default endpoint({
  path: 'users/reactions',
  about: 'What a person has reacted to, as far as they show it and the caller may see the notes.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ ...limitParam(), ...boundParams, userId: Id() }),
  res: Type.Array(NoteReactionWithNote),
  errors: {
    reactionsNotPublic: {
      code: 'REACTIONS_NOT_PUBLIC',
      id: '673a7dd2-6924-1093-e0c0-e68456ceae5c',
      message: 'This person does not show their reactions.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const user = await userById(ctx.db, params.userId)
    if (!user || user.isDeleted) return []
    const maySeeAll = me !== null && (me.id === user.id || me.isModerator)
    if (!user.publicReactions && !maySeeAll) return fail('reactionsNotPublic')
    if (me && (await blocks(ctx.db, user.id, me.id))) return []
    const noteIds = await reactedIds(ctx.db, me?.id ?? null, { reactor: user.id }, toPage(params))
    return showReactionsWithNotes(ctx, user, noteIds, me)
  },
})
