import Type from 'typebox'
import { unclipNote } from '../../core/clip-note.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'clips/remove-note',
  about: 'Takes a note out of one of the caller’s clips.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  refusedToMoved: true,
  params: Type.Object({ clipId: Id(), noteId: Id() }),
  res: null,
  errors: {
    noSuchClip: {
      code: 'NO_SUCH_CLIP',
      id: 'b80525c6-97f7-49d7-a42d-ebccd49cfd52',
      message: 'You have no such clip.',
    },
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: 'aff017de-190e-434b-893e-33a9ff5049d8',
      message: 'There is no such note.',
    },
  },
  async handle({ ctx, params: { clipId, noteId }, me, fail }) {
    const removed = await unclipNote(ctx, me.id, clipId, noteId)
    return typeof removed === 'string' ? fail(removed) : undefined
  },
})
