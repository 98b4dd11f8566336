import Type from 'typebox'
import { type FileFilter, filePage } from '../../db/queries/drive-files.ts'
import { toPage } from '../../lib/pagination.ts'
import { showFile } from '../../views/drive-file.ts'
import { DriveFile } from '../../views/schema/drive-file.ts'
import { endpoint } from '../endpoint.ts'
import { boundParams, Id, limitParam, MimeType, Nullable, OneOf } from '../params.ts'

/** A plus is for the greatest first. */
const orders = {
  '+createdAt': { by: 'id', direction: 'desc' },
  '-createdAt': { by: 'id', direction: 'asc' },
  '+name': { by: 'name', direction: 'desc' },
  '-name': { by: 'name', direction: 'asc' },
  '+size': { by: 'size', direction: 'desc' },
  '-size': { by: 'size', direction: 'asc' },
} as const satisfies Record<string, FileFilter['order']>

const sorts = ['+createdAt', '-createdAt', '+name', '-name', '+size', '-size'] as const

export default endpoint({
  path: 'drive/files',
  about: 'The caller’s files in one folder, or outside of any.',
  auth: 'required',
  permission: 'read:drive',
  secure: false,
  params: Type.Object({
    ...limitParam(),
    ...boundParams,
    folderId: Type.Optional(Nullable(Id())),
    type: Type.Optional(Nullable(MimeType())),
    sort: Type.Optional(Nullable(OneOf(sorts))),
  }),
  res: Type.Array(DriveFile),
  errors: {},
  async handle({ ctx, params, me }) {
    const { folderId = null, type, sort } = params
    const order = sort ? orders[sort] : undefined
    const files = await filePage(ctx.db, me.id, { folderId, type, order }, toPage(params))
    return files.map((file) => showFile(ctx, file, 'owner'))
  },
})
