import Type from 'typebox'
import { clipNoteIds } from '../../db/queries/clip-notes.ts'
import { readableClip } from '../../db/queries/clips.ts'
import { toPage } from '../../lib/pagination.ts'
import { showNotes } from '../../views/note.ts'
import { Note } from '../../views/schema/note.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, Id, limitParam, Nullable } from '../params.ts'

export default endpoint({
  path: 'clips/notes',
  about: 'The notes in a clip, as far as the caller may see them.',
  auth: 'none',
  permission: 'read:account',
  secure: false,
  params: Type.Object({
    clipId: Id(),
    ...limitParam(),
    ...boundParams,
    search: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 100 }))),
  }),
  res: Type.Array(Note),
  errors: {
    noSuchClip: {
      code: 'NO_SUCH_CLIP',
      id: '1d7645e6-2b6d-4635-b0fe-fe22b0e72e00',
      message: 'There is no such clip, or it is not for you to see.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const viewer = me?.id ?? null
    const clip = await readableClip(ctx.db, params.clipId, viewer)
    if (!clip) return fail('noSuchClip')
    const search = (params.search ?? '').split(/\s+/u).filter((word) => word !== '')
    return showNotes(ctx, await clipNoteIds(ctx.db, viewer, { clip: clip.id, search }, toPage(params)), me)
  },
})
