/** What can keep a file from being added. */
export const createFileErrors = {
  invalidFileName: {
    code: 'INVALID_FILE_NAME',
    id: 'f449b209-0c60-4e51-84d5-29486263bfd4',
    message: 'No file can have this name: it is too long, or a path.',
  },
  noFreeSpace: {
    code: 'NO_FREE_SPACE',
    id: 'd08dbc37-a6a9-463a-8c47-96c32ab5f064',
    message: 'There is not enough room left in your drive for this file.',
  },
  maxFileSizeExceeded: {
    code: 'MAX_FILE_SIZE_EXCEEDED',
    id: 'b9d8c348-33f0-4673-b9a9-5d4da058977a',
    message: 'The file is larger than one of yours may be.',
    status: 413,
  },
  unallowedFileType: {
    code: 'UNALLOWED_FILE_TYPE',
    id: '4becd248-7f2c-48c4-a9f0-75edc4f9a1ea',
    message: 'Files of this kind may not be uploaded, or nobody can tell of what kind it is.',
  },
  noSuchFolder: {
    code: 'NO_SUCH_FOLDER',
    id: 'efaa3368-a688-4448-883c-994556c1c0d8',
    message: 'You have no such folder.',
  },
  fileRequired: {
    code: 'FILE_REQUIRED',
    id: '4267801e-70d1-416a-b011-4ee502885d8b',
    message: 'Send a form (multipart/form-data) with a part that has a file in it.',
  },
} as const
