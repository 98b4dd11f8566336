import type { Ctx } from '../context.ts'
import { emojiByName } from '../db/queries/emojis.ts'
import { addToScore, popularity } from '../db/queries/featured.ts'
import { maySeeNote } from '../db/queries/note-relations.ts'
import { type NoteRow, noteById } from '../db/queries/notes.ts'
import { addToReactionCount, deleteReaction, insertReaction } from '../db/queries/reactions.ts'
import { blocks } from '../db/queries/relations.ts'
import { userById } from '../db/queries/users.ts'
import { customReaction, LIKE, readReaction } from '../lib/reaction.ts'
import { notify } from './notify.ts'

export type ReactFailure = 'noSuchNote' | 'cannotReactToRenote' | 'youHaveBeenBlocked' | 'alreadyReacted'

/**
 * Makes a person react to a note; another reaction of theirs gives way to it.
 * @param asked the reaction as the client wrote it
 * @returns the reaction as it was stored
 */
export async function react(
  ctx: Ctx,
  userId: string,
  noteId: string,
  asked: string,
): Promise<{ reaction: string } | ReactFailure> {
  const note = await noteById(ctx.db, noteId)
  if (!note || !(await maySeeNote(ctx.db, userId, note))) return 'noSuchNote'
  if (note.isPureRenote) return 'cannotReactToRenote'
  if (await blocks(ctx.db, note.userId, userId)) return 'youHaveBeenBlocked'
  const reaction = await allowedReaction(ctx, userId, note, asked)
  return ctx.transact(async (tx, afterCommit) => {
    if (!(await addToReactionCount(tx, noteId, 1))) return 'noSuchNote'
    const former = await deleteReaction(tx, noteId, userId, reaction)
    if (!(await insertReaction(tx, { id: ctx.ids.next(), noteId, userId, reaction }))) return 'alreadyReacted'
    if (former !== null) {
      await addToReactionCount(tx, noteId, -1)
      afterCommit(() => ctx.bus.publish({ type: 'unreacted', noteId, userId, reaction: former }))
    } else if (note.userId !== userId) await addToScore(tx, noteId, popularity.reaction)
    afterCommit(() => ctx.bus.publish({ type: 'reacted', noteId, userId, reaction }))
    const notice = { userId: note.userId, type: 'reaction', notifierId: userId, noteId, data: { reaction } }
    await notify(ctx, tx, afterCommit, notice)
    return { reaction }
  })
}

/** The form a reaction is stored in: a like, where the note or the emoji does not allow what was asked for. */
async function allowedReaction(ctx: Ctx, userId: string, note: NoteRow, asked: string): Promise<string> {
  const { reactionAcceptance } = note
  if (reactionAcceptance === 'likeOnly') return LIKE
  const read = readReaction(asked)
  if ('unicode' in read) return read.unicode
  const emoji = await emojiByName(ctx.db, read.custom)
  if (!emoji) return LIKE
  const noneSensitive =
    reactionAcceptance === 'nonSensitiveOnly' || reactionAcceptance === 'nonSensitiveOnlyForLocalLikeOnlyForRemote'
  if (emoji.isSensitive && noneSensitive) return LIKE
  const mayUse = emoji.roleIds.length === 0 || (await hasOneOf(ctx, userId, emoji.roleIds))
  return mayUse ? customReaction(emoji.name) : LIKE
}

async function hasOneOf(ctx: Ctx, userId: string, roleIds: readonly string[]): Promise<boolean> {
  const person = await userById(ctx.db, userId)
  return person !== undefined && ctx.settings.rolesOf(person).some(({ id }) => roleIds.includes(id))
}

export type UnreactFailure = 'noSuchNote' | 'notReacted'

/** Takes back a person's reaction to a note, which they may not see any more. */
export async function unreact(
  ctx: Ctx,
  userId: string,
  noteId: string,
): Promise<{ reaction: string } | UnreactFailure> {
  return ctx.transact(async (tx, afterCommit) => {
    if (!(await addToReactionCount(tx, noteId, -1))) return 'noSuchNote'
    const reaction = await deleteReaction(tx, noteId, userId)
    if (reaction === null) return 'notReacted'
    const note = await noteById(tx, noteId)
    if (note?.userId !== userId) await addToScore(tx, noteId, -popularity.reaction)
    afterCommit(() => ctx.bus.publish({ type: 'unreacted', noteId, userId, reaction }))
    return { reaction }
  })
}
