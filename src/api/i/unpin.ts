import Type from 'typebox'
import { unpinNote } from '../../core/pin-note.ts'
import { showMe } from '../../views/me.ts'
import { MeDetailed } from '../../views/schema/me-detailed.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'i/unpin',
  about: 'Takes a note off the top of one’s page.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  params: Type.Object({ noteId: Id() }),
  res: MeDetailed,
  errors: {
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: '454170ce-9d63-4a43-9da1-ea10afe81e21',
      message: 'You have no such note.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const unpinned = await unpinNote(ctx, me.id, params.noteId)
    return typeof unpinned === 'string' ? fail(unpinned) : showMe(ctx, me, { secrets: false })
  },
})
