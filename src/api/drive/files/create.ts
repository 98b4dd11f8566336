import Type from 'typebox'
import { addFile, largestFileOf, sameFile } from '../../../core/add-file.ts'
import { isFileName, nameWithEnding, tidyFileName } from '../../../lib/file-name.ts'
import { HOUR } from '../../../lib/time.ts'
import { keepFile } from '../../../media/keep-file.ts'
import { showOwnFile } from '../../../views/drive-file.ts'
import { DriveFile } from '../../../views/schema/drive-file.ts'
import { endpoint } from '../../endpoint.ts'
import { Flag, Id, Nullable } from '../../params.ts'
import { createFileErrors } from './create-errors.ts'

export default endpoint({
  path: 'drive/files/create',
  about: 'Uploads a file as the part “file” of a form; the same content again gives the same file.',
  auth: 'required',
  permission: 'write:drive',
  secure: false,
  refusedToMoved: true,
  limit: { max: 120, per: HOUR },
  upload: { largest: ({ policies }) => largestFileOf(policies) },
  params: Type.Object({
    folderId: Type.Optional(Nullable(Id())),
    name: Type.Optional(Nullable(Type.String())),
    comment: Type.Optional(Nullable(Type.String({ maxLength: 512 }))),
    isSensitive: Flag(false),
    force: Flag(false),
  }),
  res: DriveFile,
  errors: createFileErrors,
  async handle({ ctx, params, me, file, fail }) {
    if (file === 'tooLarge') return fail('maxFileSizeExceeded')
    if (file === null) return fail('fileRequired')
    const { folderId = null, comment = null, isSensitive = false, force = false } = params
    const given = params.name?.trim() ?? tidyFileName(file.name)
    if (params.name != null && given !== '' && !isFileName(given)) return fail('invalidFileName')
    const wishes = { folderId, comment, isSensitive, force }
    const same = await sameFile(ctx, me.id, file.md5, wishes)
    const types = me.isModerator ? null : me.policies.uploadableFileTypes
    const made =
      same ??
      (await keepFile(ctx, file, { name: given, types }, (content, { endings }) =>
        addFile(ctx, me, { ...content, name: nameWithEnding(given, endings) }, wishes),
      ))
    // Another call with the same content was first: its file is the answer.
    const found = made === 'sameContent' ? await sameFile(ctx, me.id, file.md5, wishes) : made
    if (typeof found === 'string') return fail(found)
    return (found && (await showOwnFile(ctx, found.id))) ?? fail('fileRequired')
  },
})
