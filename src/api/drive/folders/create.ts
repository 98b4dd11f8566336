import Type from 'typebox'
import { createFolder } from '../../../core/drive-folder.ts'
import { ownFolder } from '../../../db/queries/drive-folders.ts'
import { HOUR } from '../../../lib/time.ts'
import { showFolder } from '../../../views/drive-folder.ts'
import { DriveFolder } from '../../../views/schema/drive-folder.ts'
import { endpoint } from '../../endpoint.ts'
import { Id, Nullable } from '../../params.ts'

export default endpoint({
  path: 'drive/folders/create',
  about: 'Makes a folder.',
  auth: 'required',
  permission: 'write:drive',
  secure: false,
  limit: { max: 10, per: HOUR },
  params: Type.Object({
    name: Type.Optional(Type.String({ maxLength: 200, default: 'Untitled' })),
    parentId: Type.Optional(Nullable(Id())),
  }),
  res: DriveFolder,
  errors: {
    noSuchFolder: {
      code: 'NO_SUCH_FOLDER',
      id: '53326628-a00d-40a6-a3cd-8975105c0f95',
      message: 'There is no such folder to put it in, or it lies too deep.',
    },
  },
  async handle({ ctx, params: { name = 'Untitled', parentId = null }, me, fail }) {
    const made = await createFolder(ctx, me.id, name, parentId)
    if (typeof made === 'string') return fail(made)
    const folder = await ownFolder(ctx.db, me.id, made.id)
    return folder ? showFolder(folder) : fail('noSuchFolder')
  },
  async again({ ctx, me }, id) {
    const folder = await ownFolder(ctx.db, me.id, id)
    return folder && showFolder(folder)
  },
})
