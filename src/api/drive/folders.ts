import Type from 'typebox'
import { folderPage } from '../../db/queries/drive-folders.ts'
import { toPage } from '../../lib/pagination.ts'
import { showFolder } from '../../views/drive-folder.ts'
import { DriveFolder } from '../../views/schema/drive-folder.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, Id, limitParam, Nullable } from '../params.ts'

export default endpoint({
  path: 'drive/folders',
  about: 'The caller’s folders in one folder, or outside of any.',
  auth: 'required',
  permission: 'read:drive',
  secure: false,
  params: Type.Object({ ...limitParam(), ...boundParams, folderId: Type.Optional(Nullable(Id())) }),
  res: Type.Array(DriveFolder),
  errors: {},
  async handle({ ctx, params, me }) {
    return (await folderPage(ctx.db, me.id, params.folderId ?? null, toPage(params))).map(showFolder)
  },
})
