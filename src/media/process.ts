import type { FileProperties } from '../db/schema/drive.ts'

/** Something made of a file, as a file of its own in the incoming folder (`incomingPath`). */
export interface Made {
  path: string
  type: string
}

/** What is known of a file by looking into it, and what was made of it. */
export interface Processed {
  properties: FileProperties
  blurhash: string | null
  /** What others get in place of the original. */
  webpublic: Made | null
  thumbnail: Made | null
}

/**
 * Looks into a file and makes of it what is shown. It is called after the type is known and before the file has a row:
 * file and variants appear together, or not at all. Null where there is nothing to make; `unreadable` refuses the file.
 * @param path where the file lies, to be read only
 * @param type what it is, by its content
 */
export type Processor = (path: string, type: string) => Promise<Processed | 'unreadable' | null>

/** Keeps every file as it is. */
export const processFile: Processor = async () => null
