import Type from 'typebox'
import { foldersByName } from '../../../db/queries/drive-folders.ts'
import { showFolder } from '../../../views/drive-folder.ts'
import { DriveFolder } from '../../../views/schema/drive-folder.ts'
import { endpoint } from '../../endpoint.ts'
import { Id, MOST_FOUND, Nullable } from '../../params.ts'

export default endpoint({
  path: 'drive/folders/find',
  about: 'The caller’s folders of a name in one folder, or outside of any.',
  auth: 'required',
  permission: 'read:drive',
  secure: false,
  params: Type.Object({ name: Type.String(), parentId: Type.Optional(Nullable(Id())) }),
  res: Type.Array(DriveFolder),
  errors: {},
  async handle({ ctx, params: { name, parentId = null }, me }) {
    return (await foldersByName(ctx.db, me.id, parentId, name, MOST_FOUND)).map(showFolder)
  },
})
