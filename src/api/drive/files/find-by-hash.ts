import Type from 'typebox'
import { filesByHash } from '../../../db/queries/drive-files.ts'
import { showFile } from '../../../views/drive-file.ts'
import { DriveFile } from '../../../views/schema/drive-file.ts'
import { endpoint } from '../../endpoint.ts'
import { MOST_FOUND } from '../../params.ts'

export default endpoint({
  path: 'drive/files/find-by-hash',
  about: 'The caller’s files with this content, by its MD5.',
  auth: 'required',
  permission: 'read:drive',
  secure: false,
  params: Type.Object({ md5: Type.String() }),
  res: Type.Array(DriveFile),
  errors: {},
  async handle({ ctx, params, me }) {
    const files = await filesByHash(ctx.db, me.id, params.md5, MOST_FOUND)
    return files.map((file) => showFile(ctx, file, 'owner'))
  },
})
