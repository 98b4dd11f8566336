import Type from 'typebox'
import { maySeeNote } from '../../db/queries/note-relations.ts'
import { noteById } from '../../db/queries/notes.ts'
import { reactionPage } from '../../db/queries/reactions.ts'
import { toPage } from '../../lib/pagination.ts'
import { storedReaction } from '../../lib/reaction.ts'
import { showReactions } from '../../views/reaction.ts'
import { NoteReaction } from '../../views/schema/reaction.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, Id, limitParam, Nullable } from '../params.ts'

export default endpoint({
  path: 'notes/reactions',
  about: 'Who has reacted to a note, and how; all or with one reaction.',
  auth: 'none',
  permission: null,
  secure: false,
  get: { cache: 60 },
  params: Type.Object({
    ...limitParam(),
    ...boundParams,
    noteId: Id(),
    type: Type.Optional(Nullable(Type.String({ maxLength: 512 }))),
  }),
  res: Type.Array(NoteReaction),
  errors: {},
  async handle({ ctx, params, me }) {
    const note = await noteById(ctx.db, params.noteId)
    // Clients expect an empty list, not an error, for a note they do not know.
    if (!note || !(await maySeeNote(ctx.db, me?.id ?? null, note))) return []
    const type = params.type ? storedReaction(params.type) : null
    return showReactions(ctx, await reactionPage(ctx.db, note.id, type, toPage(params)))
  },
})
