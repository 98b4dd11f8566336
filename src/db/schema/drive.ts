import type { Generated } from 'kysely'
import type { Json } from './json.ts'

/** What is known of a picture; lengths in pixels. */
export interface FileProperties {
  width?: number
  height?: number
  orientation?: number
}

export interface DriveFileTable {
  id: string
  /** Null for files that outlived their owner, as an emoji's may. */
  userId: string | null
  folderId: string | null
  name: string
  /** What its content is, whatever its name says. */
  type: string
  md5: string
  /** Bytes of what was uploaded. */
  size: number
  comment: string | null
  isSensitive: Generated<boolean>
  properties: Json<FileProperties>
  blurhash: string | null
  /** Keys name stored content, and are the last part of its address. This is what was uploaded, as it came. */
  accessKey: string
  /** What others get in its place. */
  webpublicKey: string | null
  webpublicType: string | null
  thumbnailKey: string | null
  thumbnailType: string | null
  /** The URL it was fetched from. */
  uploadedFrom: string | null
}

export interface DriveFolderTable {
  id: string
  userId: string
  name: string
  parentId: string | null
}

/** Files of notes, for questions that start from the file. Their order is in the note. */
export interface NoteFileTable {
  fileId: string
  noteId: string
}
