import Type from 'typebox'
import { fileById, fileByKey } from '../../../db/queries/drive-files.ts'
import { keyColumns, variantOf } from '../../../media/storage.ts'
import { showFileDetailed } from '../../../views/drive-file.ts'
import { DriveFile } from '../../../views/schema/drive-file.ts'
import { endpoint } from '../../endpoint.ts'
import { Id } from '../../params.ts'

const params = Type.Unsafe<{ fileId?: string; url?: string }>({
  ...Type.Object({ fileId: Type.Optional(Id()), url: Type.Optional(Type.String()) }),
  anyOf: [{ required: ['fileId'] }, { required: ['url'] }],
})

export default endpoint({
  path: 'drive/files/show',
  about: 'A file, by its id or by the URL of its content; moderators may see anybody’s.',
  auth: 'required',
  permission: 'read:drive',
  secure: false,
  params,
  res: DriveFile,
  errors: {
    noSuchFile: {
      code: 'NO_SUCH_FILE',
      id: '067bc436-2718-4795-b0fb-ecbe43949e31',
      message: 'There is no such file.',
    },
    accessDenied: {
      code: 'ACCESS_DENIED',
      id: '25b73c73-68b1-41d0-bad1-381cfdf6579f',
      message: 'The file is not yours.',
    },
  },
  async handle({ ctx, params: { fileId, url }, me, fail }) {
    const key = url?.startsWith(`${ctx.config.url}/files/`) ? url.slice(ctx.config.url.length + '/files/'.length) : ''
    const variant = variantOf(key)
    const byUrl = () => (variant ? fileByKey(ctx.db, keyColumns[variant], key) : undefined)
    const file = await (fileId === undefined ? byUrl() : fileById(ctx.db, fileId))
    if (!file) return fail('noSuchFile')
    if (file.userId !== me.id && !me.isModerator) return fail('accessDenied')
    return showFileDetailed(ctx, file, me)
  },
})
