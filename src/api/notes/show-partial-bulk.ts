import Type from 'typebox'
import { showNotes } from '../../views/note.ts'
import { closed, id, mapOf, url } from '../../views/schema/fields.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'notes/show-partial-bulk',
  about: 'What changes often of several notes: their reactions. Notes that do not exist are left out.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ noteIds: Type.Array(Id(), { minItems: 1, maxItems: 100 }) }),
  res: Type.Array(closed({ id, reactions: mapOf(Type.Integer()), reactionEmojis: mapOf(url) })),
  errors: {},
  async handle({ ctx, params, me }) {
    const notes = await showNotes(ctx, [...new Set(params.noteIds)], me)
    return notes.map(({ id, reactions, reactionEmojis }) => ({ id, reactions, reactionEmojis }))
  },
})
