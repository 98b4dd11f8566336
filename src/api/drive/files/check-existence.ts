import Type from 'typebox'
import { filesByHash } from '../../../db/queries/drive-files.ts'
import { endpoint } from '../../endpoint.ts'

export default endpoint({
  path: 'drive/files/check-existence',
  about: 'Whether the caller has a file with this content.',
  auth: 'required',
  permission: 'read:drive',
  secure: false,
  params: Type.Object({ md5: Type.String() }),
  res: Type.Boolean(),
  errors: {},
  async handle({ ctx, params, me }) {
    return (await filesByHash(ctx.db, me.id, params.md5, 1)).length > 0
  },
})
