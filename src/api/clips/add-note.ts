import Type from 'typebox'
import { clipNote } from '../../core/clip-note.ts'
import { HOUR } from '../../lib/time.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'clips/add-note',
  about: 'Puts a note into one of the caller’s clips.',
  auth: 'required',
  permission: 'write:account',
  secure: false,
  refusedToMoved: true,
  limit: { max: 20, per: HOUR },
  params: Type.Object({ clipId: Id(), noteId: Id() }),
  res: null,
  errors: {
    noSuchClip: {
      code: 'NO_SUCH_CLIP',
      id: 'd6e76cc0-a1b5-4c7c-a287-73fa9c716dcf',
      message: 'You have no such clip.',
    },
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: 'fc8c0b49-c7a3-4664-a0a6-b418d386bb8b',
      message: 'There is no such note.',
    },
    alreadyClipped: {
      code: 'ALREADY_CLIPPED',
      id: '734806c4-542c-463a-9311-15c512803965',
      message: 'The note is in the clip already.',
    },
    tooManyClipNotes: {
      code: 'TOO_MANY_CLIP_NOTES',
      id: 'f0dba960-ff73-4615-8df4-d6ac5d9dc118',
      message: 'As many notes are in the clip as may be.',
    },
  },
  async handle({ ctx, params: { clipId, noteId }, me, fail }) {
    const clipped = await clipNote(ctx, me.id, clipId, noteId, me.policies.noteEachClipsLimit)
    return typeof clipped === 'string' ? fail(clipped) : undefined
  },
})
