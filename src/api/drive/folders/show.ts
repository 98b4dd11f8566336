import Type from 'typebox'
import { showFolderDetailed } from '../../../views/drive-folder.ts'
import { DriveFolder } from '../../../views/schema/drive-folder.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'drive/folders/show',
  about: 'A folder of the caller, with how much is in it and the folders it is in.',
  auth: 'required',
  permission: 'read:drive',
  secure: false,
  params: Type.Object({ folderId: Id() }),
  res: DriveFolder,
  errors: {
    noSuchFolder: {
      code: 'NO_SUCH_FOLDER',
      id: 'd74ab9eb-bb09-4bba-bf24-fb58f761e1e9',
      message: 'There is no such folder.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    return (await showFolderDetailed(ctx, me.id, params.folderId)) ?? fail('noSuchFolder')
  },
})
