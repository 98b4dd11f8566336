import { followersToTell } from '../../db/queries/notification-recipients.ts'
import { later } from '../later.ts'
import { notifyAll } from '../notify.ts'
import { tellFollowers } from '../tell-followers.ts'
import type { MadeNote, NoteEffect } from './effect.ts'

/** Followers told of a note within the transaction that makes it; if there are more, all are told soon after. */
const AT_ONCE = 50

/** Tells those the note is about, and followers who want to be told of every note. */
export const notifyOfNote: NoteEffect = async ({ ctx, tx, afterCommit, note }) => {
  const { id: noteId, userId: notifierId } = note
  const told = [...concerned(note)].map(([userId, type]) => ({ userId, type }))
  await notifyAll(ctx, tx, afterCommit, { noteId, notifierId }, told)
  if (note.reply || note.visibility === 'specified') return
  const followers = await followersToTell(tx, notifierId, '', AT_ONCE + 1)
  if (followers.length > AT_ONCE) {
    await later(ctx, tx, afterCommit, { kind: 'notifyFollowers', subject: noteId, data: { noteId } })
  } else {
    await tellFollowers(
      ctx,
      tx,
      afterCommit,
      note,
      followers.map(({ followerId }) => followerId),
    )
  }
}

/** Why each person is told: once, for the last of these reasons. */
function concerned({ mentioned, recipients, reply, renote, isPureRenote }: MadeNote): Map<string, string> {
  const reasons = new Map<string, string>()
  for (const userId of [...mentioned, ...recipients]) reasons.set(userId, 'mention')
  if (reply) reasons.set(reply.userId, 'reply')
  if (renote) reasons.set(renote.userId, isPureRenote ? 'renote' : 'quote')
  return reasons
}
