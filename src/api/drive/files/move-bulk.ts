import Type from 'typebox'
import { moveFilesTo } from '../../../core/change-file.ts'
import { endpoint } from '../../endpoint.ts'
import { Id, Ids, Nullable } from '../../params.ts'

export default endpoint({
  path: 'drive/files/move-bulk',
  about: 'Moves those of the files that are the caller’s into a folder, or out of any.',
  auth: 'required',
  permission: 'write:drive',
  secure: false,
  params: Type.Object({ fileIds: Ids({ minItems: 1, maxItems: 100 }), folderId: Type.Optional(Nullable(Id())) }),
  res: null,
  errors: {
    noSuchFolder: {
      code: 'NO_SUCH_FOLDER',
      id: '2945355a-466c-4f7d-a977-3578da2d6ff5',
      message: 'You have no such folder.',
    },
  },
  async handle({ ctx, params: { fileIds, folderId = null }, me, fail }) {
    const moved = await moveFilesTo(ctx, me.id, fileIds, folderId)
    return typeof moved === 'string' ? fail(moved) : undefined
  },
})
