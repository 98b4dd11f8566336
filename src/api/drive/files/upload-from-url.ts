import Type from 'typebox'
import { fetchIntoDrive } from '../../../core/fetch-into-drive.ts'
import { HOUR } from '../../../lib/time.ts'
import { endpoint } from '../../endpoint.ts'
import { Flag, Id, Nullable } from '../../params.ts'

export default endpoint({
  path: 'drive/files/upload-from-url',
  about: 'Has a file fetched from the web into the caller’s drive, and tells them when it is there.',
  auth: 'required',
  permission: 'write:drive',
  secure: false,
  refusedToMoved: true,
  limit: { max: 60, per: HOUR },
  params: Type.Object({
    url: Type.String({ maxLength: 8192 }),
    folderId: Type.Optional(Nullable(Id())),
    isSensitive: Flag(false),
    comment: Type.Optional(Nullable(Type.String({ maxLength: 512 }))),
    marker: Type.Optional(Nullable(Type.String({ maxLength: 512 }))),
    force: Flag(false),
  }),
  res: null,
  errors: {},
  async handle({ ctx, params, me }) {
    const { url, folderId = null, isSensitive = false, comment = null, marker = null, force = false } = params
    await fetchIntoDrive(ctx, { userId: me.id, url, folderId, isSensitive, comment, marker, force })
    return undefined
  },
})
