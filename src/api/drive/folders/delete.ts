import Type from 'typebox'
import { deleteFolder } from '../../../core/drive-folder.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'drive/folders/delete',
  about: 'Deletes a folder of the caller with nothing in it.',
  auth: 'required',
  permission: 'write:drive',
  secure: false,
  params: Type.Object({ folderId: Id() }),
  res: null,
  errors: {
    noSuchFolder: {
      code: 'NO_SUCH_FOLDER',
      id: '1069098f-c281-440f-b085-f9932edbe091',
      message: 'There is no such folder.',
    },
    hasChildFilesOrFolders: {
      code: 'HAS_CHILD_FILES_OR_FOLDERS',
      id: 'b0fc8a17-963c-405d-bfbc-859a487295e1',
      message: 'The folder is not empty: move or delete what is in it first.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const deleted = await deleteFolder(ctx, me.id, params.folderId)
    return typeof deleted === 'string' ? fail(deleted) : undefined
  },
})
