import Type from 'typebox'
import { filesByName } from '../../../db/queries/drive-files.ts'
import { showFile } from '../../../views/drive-file.ts'
import { DriveFile } from '../../../views/schema/drive-file.ts'
import { endpoint } from '../../endpoint.ts'
import { Id, MOST_FOUND, Nullable } from '../../params.ts'

export default endpoint({
  path: 'drive/files/find',
  about: 'The caller’s files of a name in one folder, or outside of any.',
  auth: 'required',
  permission: 'read:drive',
  secure: false,
  params: Type.Object({ name: Type.String(), folderId: Type.Optional(Nullable(Id())) }),
  res: Type.Array(DriveFile),
  errors: {},
  async handle({ ctx, params: { name, folderId = null }, me }) {
    const files = await filesByName(ctx.db, me.id, folderId, name, MOST_FOUND)
    return files.map((file) => showFile(ctx, file, 'owner'))
  },
})
