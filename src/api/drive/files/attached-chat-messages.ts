import Type from 'typebox'
import { fileById } from '../../../db/queries/drive-files.ts'
import { emptyList } from '../../../views/schema/fields.ts'
import { endpoint } from '../../endpoint.ts'
import { boundParams, Id, limitParam } from '../../params.ts'

export default endpoint({
  path: 'drive/files/attached-chat-messages',
  about: 'The chat messages a file is attached to; there is no chat on this server.',
  auth: 'required',
  permission: 'read:drive',
  secure: false,
  params: Type.Object({ ...limitParam(), ...boundParams, fileId: Id() }),
  res: emptyList,
  errors: {
    noSuchFile: {
      code: 'NO_SUCH_FILE',
      id: '485ce26d-f5d2-4313-9783-e689d131eafb',
      message: 'You have no such file.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const file = await fileById(ctx.db, params.fileId)
    return file?.userId === me.id ? [] : fail('noSuchFile')
  },
})
