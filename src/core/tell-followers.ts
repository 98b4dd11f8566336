import type { Ctx } from '../context.ts'
import type { AfterCommit, Db } from '../db/database.ts'
import type { NoteRow } from '../db/queries/notes.ts'
import { renoteMutersAmong } from '../db/queries/notification-recipients.ts'
import { notifyAll } from './notify.ts'

/** Tells some followers of a note's author that there is a new one; a pure renote not to those who muted the author's. */
export async function tellFollowers(
  ctx: Ctx,
  tx: Db,
  afterCommit: AfterCommit,
  note: Pick<NoteRow, 'id' | 'userId' | 'isPureRenote'>,
  followers: readonly string[],
): Promise<void> {
  const spared = note.isPureRenote ? await renoteMutersAmong(tx, note.userId, followers) : new Set<string>()
  const told = followers.filter((id) => !spared.has(id)).map((userId) => ({ userId, type: 'note' }))
  await notifyAll(ctx, tx, afterCommit, { noteId: note.id, notifierId: note.userId }, told)
}
