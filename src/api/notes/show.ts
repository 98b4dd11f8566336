import Type from 'typebox'
import { showNote } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'notes/show',
  about: 'One note. What the caller may not see of it comes hidden.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ noteId: Id() }),
  res: Note,
  errors: {
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: '24fcbfc6-2e37-42b6-8388-c29b3861a08d',
      message: 'There is no such note.',
    },
    contentRestrictedByUser: {
      code: 'CONTENT_RESTRICTED_BY_USER',
      id: 'fbcc002d-37d9-4944-a6b0-d9e29f2d33ab',
      message: 'The author shows their notes only to people who are signed in.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const note = await showNote(ctx, params.noteId, me)
    if (!note) return fail('noSuchNote')
    return !me && note.user.requireSigninToViewContents ? fail('contentRestrictedByUser') : note
  },
})
