import Type from 'typebox'
import { fileById } from '../../../db/queries/drive-files.ts'
import { notesWithFile } from '../../../db/queries/file-uses.ts'
import { toPage } from '../../../lib/pagination.ts'
import { showNotes } from '../../../views/note.ts'
import { Note } from '../../../views/schema/note.ts'
import { endpoint } from '../../endpoint.ts'
import { boundParams, Id, limitParam } from '../../params.ts'

export default endpoint({
  path: 'drive/files/attached-notes',
  about: 'The notes a file is attached to.',
  auth: 'required',
  permission: 'read:drive',
  secure: false,
  params: Type.Object({ ...limitParam(), ...boundParams, fileId: Id() }),
  res: Type.Array(Note),
  errors: {
    noSuchFile: {
      code: 'NO_SUCH_FILE',
      id: 'c118ece3-2e4b-4296-99d1-51756e32d232',
      message: 'You have no such file.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const file = await fileById(ctx.db, params.fileId)
    if (!file || (file.userId !== me.id && !me.isModerator)) return fail('noSuchFile')
    return showNotes(ctx, await notesWithFile(ctx.db, me.id, file.id, toPage(params)), me)
  },
})
