import Type from 'typebox'
import { changeFolder } from '../../../core/drive-folder.ts'
import { ownFolder } from '../../../db/queries/drive-folders.ts'
import { showFolder } from '../../../views/drive-folder.ts'
import { DriveFolder } from '../../../views/schema/drive-folder.ts'
import { endpoint } from '../../endpoint.ts'
import { Id, Nullable } from '../../params.ts'

export default endpoint({
  path: 'drive/folders/update',
  about: 'Renames a folder of the caller, or moves it into another one or out of any.',
  auth: 'required',
  permission: 'write:drive',
  secure: false,
  params: Type.Object({
    folderId: Id(),
    name: Type.Optional(Type.String({ maxLength: 200 })),
    parentId: Type.Optional(Nullable(Id())),
  }),
  res: DriveFolder,
  errors: {
    noSuchFolder: {
      code: 'NO_SUCH_FOLDER',
      id: 'f7974dac-2c0d-4a27-926e-23583b28e98e',
      message: 'There is no such folder.',
    },
    noSuchParentFolder: {
      code: 'NO_SUCH_PARENT_FOLDER',
      id: 'ce104e3a-faaf-49d5-b459-10ff0cbbcaa1',
      message: 'There is no such folder to move it into.',
    },
    recursiveNesting: {
      code: 'RECURSIVE_NESTING',
      id: 'dbeb024837894013aed44279f9199740',
      message: 'A folder cannot be moved into itself or what it holds, nor too deep.',
    },
  },
  async handle({ ctx, params: { folderId, name, parentId }, me, fail }) {
    const changed = await changeFolder(ctx, me.id, folderId, { name, parentId })
    if (typeof changed === 'string') return fail(changed)
    const folder = await ownFolder(ctx.db, me.id, folderId)
    return folder ? showFolder(folder) : fail('noSuchFolder')
  },
})
