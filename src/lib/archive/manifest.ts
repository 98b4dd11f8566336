import type { Member } from './tar.ts'

/** The members that end every archive: what it holds, and the checksum of that. */
export const MANIFEST = 'manifest.json'
export const MANIFEST_SUM = 'manifest.sha256'

/** The number of this form of archive. A form that this one's reader would misread has a higher one. */
export const FORMAT = 1

/** What an archive says about itself. `A` is what its maker has to say. */
export interface Manifest<A> {
  format: number
  about: A
  /** In the order they lie in. */
  members: (Pick<Member, 'name' | 'size'> & { sha256: string })[]
}

/** An archive that cannot be used; the message says so to the person who has it. */
export class ArchiveError extends Error {}
