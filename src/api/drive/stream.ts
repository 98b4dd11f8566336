import Type from 'typebox'
import { filePage } from '../../db/queries/drive-files.ts'
import { toPage } from '../../lib/pagination.ts'
import { showFile } from '../../views/drive-file.ts'
import { DriveFile } from '../../views/schema/drive-file.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, limitParam, MimeType } from '../params.ts'

export default endpoint({
  path: 'drive/stream',
  about: 'The caller’s files, whatever folder they are in.',
  auth: 'required',
  permission: 'read:drive',
  secure: false,
  params: Type.Object({ ...limitParam(), ...boundParams, type: Type.Optional(MimeType()) }),
  res: Type.Array(DriveFile),
  errors: {},
  async handle({ ctx, params, me }) {
    const files = await filePage(ctx.db, me.id, { type: params.type }, toPage(params))
    return files.map((file) => showFile(ctx, file, 'owner'))
  },
})
