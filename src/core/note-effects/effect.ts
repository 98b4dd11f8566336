import type { Ctx } from '../../context.ts'
import type { AfterCommit, Db } from '../../db/database.ts'
import type { NoteRow } from '../../db/queries/notes.ts'
import type { UserRow } from '../../db/queries/users.ts'

/** A note that was just made, with what its making found out. */
export interface MadeNote extends Omit<NoteRow, 'tags'> {
  author: UserRow
  reply: NoteRow | null
  renote: NoteRow | null
  poll: { choices: readonly string[]; multiple: boolean; expiresAt: number | null } | null
  /** Normalised, each once. */
  tags: readonly string[]
  /** Ids of the people its text mentions. */
  mentioned: readonly string[]
  /** Ids of the people a direct note is for. */
  recipients: readonly string[]
}

/** Something that follows from a new note. */
export type NoteEffect = (made: { ctx: Ctx; tx: Db; afterCommit: AfterCommit; note: MadeNote }) => Promise<void>
