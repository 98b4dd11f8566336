import Type from 'typebox'
import { changeFile } from '../../../core/change-file.ts'
import { isFileName } from '../../../lib/file-name.ts'
import { showOwnFile } from '../../../views/drive-file.ts'
import { DriveFile } from '../../../views/schema/drive-file.ts'
import { endpoint } from '../../endpoint.ts'
import { Id, Nullable } from '../../params.ts'

export default endpoint({
  path: 'drive/files/update',
  about: 'Changes what is given of a file; moderators may change anybody’s.',
  auth: 'required',
  permission: 'write:drive',
  secure: false,
  params: Type.Object({
    fileId: Id(),
    folderId: Type.Optional(Nullable(Id())),
    name: Type.Optional(Type.String()),
    isSensitive: Type.Optional(Type.Boolean()),
    comment: Type.Optional(Nullable(Type.String({ maxLength: 512 }))),
  }),
  res: DriveFile,
  errors: {
    invalidFileName: {
      code: 'INVALID_FILE_NAME',
      id: '395e7156-f9f0-475e-af89-53c3c23080c2',
      message: 'No file can have this name: it is blank, too long or a path.',
    },
    noSuchFile: {
      code: 'NO_SUCH_FILE',
      id: 'e7778c7e-3af9-49cd-9690-6dbc3e6c972d',
      message: 'There is no such file.',
    },
    accessDenied: {
      code: 'ACCESS_DENIED',
      id: '01a53b27-82fc-445b-a0c1-b558465a8ed2',
      message: 'The file is not yours.',
    },
    noSuchFolder: {
      code: 'NO_SUCH_FOLDER',
      id: 'ea8fb7a5-af77-4a08-b608-c0218176cd73',
      message: 'There is no such folder.',
    },
    restrictedByRole: {
      code: 'RESTRICTED_BY_ROLE',
      id: '7f59dccb-f465-75ab-5cf4-3ce44e3282f7',
      message: 'Your role has all your files marked as sensitive.',
    },
  },
  async handle({ ctx, params: { fileId, name: given, folderId, isSensitive, comment }, me, fail }) {
    const name = given?.trim()
    if (name !== undefined && !isFileName(name)) return fail('invalidFileName')
    const changed = await changeFile(ctx, fileId, me, { name, folderId, isSensitive, comment })
    if (typeof changed === 'string') return fail(changed)
    return (await showOwnFile(ctx, fileId)) ?? fail('noSuchFile')
  },
})
