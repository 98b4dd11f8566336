import Type from 'typebox'
import { component, refTo } from './component.ts'
import { DriveFolder } from './drive-folder.ts'
import { closed, dateTime, id, nullable, url } from './fields.ts'
import { UserLite } from './user-lite.ts'

export const driveFileSchema = component('DriveFile', {
  id,
  createdAt: dateTime,
  name: Type.String(),
  type: Type.String(),
  md5: Type.String(),
  size: Type.Integer(),
  isSensitive: Type.Boolean(),
  blurhash: nullable(Type.String()),
  properties: closed({
    width: Type.Optional(Type.Number()),
    height: Type.Optional(Type.Number()),
    orientation: Type.Optional(Type.Integer()),
    avgColor: Type.Optional(Type.String()),
  }),
  url,
  thumbnailUrl: nullable(url),
  comment: nullable(Type.String()),
  folderId: nullable(id),
  folder: nullable(DriveFolder),
  userId: nullable(id),
  user: nullable(UserLite),
})
export const DriveFile = refTo(driveFileSchema)
export type DriveFile = Type.Static<typeof DriveFile>
