import Type from 'typebox'
import { deleteFile } from '../../../core/delete-file.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

export default endpoint({
  path: 'drive/files/delete',
  about: 'Deletes a file; moderators may delete anybody’s.',
  auth: 'required',
  permission: 'write:drive',
  secure: false,
  params: Type.Object({ fileId: Id() }),
  res: null,
  errors: {
    noSuchFile: {
      code: 'NO_SUCH_FILE',
      id: '908939ec-e52b-4458-b395-1025195cea58',
      message: 'There is no such file.',
    },
    accessDenied: {
      code: 'ACCESS_DENIED',
      id: '5eb8d909-2540-4970-90b8-dd6f86088121',
      message: 'The file is not yours.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const deleted = await deleteFile(ctx, params.fileId, me)
    return typeof deleted === 'string' ? fail(deleted) : undefined
  },
})
