import Type from 'typebox'
import { publicClipsWith } from '../../db/queries/clips.ts'
import { noteById } from '../../db/queries/notes.ts'
import { showClips } from '../../views/clip.ts'
import { Clip } from '../../views/schema/clip.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

/** Anybody can clip a note, so there is no telling how many have. */
const MOST = 100

export default endpoint({
  path: 'notes/clips',
  about: 'The public clips that hold a note.',
  auth: 'none',
  permission: null,
  secure: false,
  params: Type.Object({ noteId: Id() }),
  res: Type.Array(Clip),
  errors: {
    noSuchNote: {
      code: 'NO_SUCH_NOTE',
      id: '47db1a1c-b0af-458d-8fb4-986e4efafe1e',
      message: 'There is no such note.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    if (!(await noteById(ctx.db, params.noteId))) return fail('noSuchNote')
    return showClips(ctx, await publicClipsWith(ctx.db, params.noteId, MOST), me)
  },
})
