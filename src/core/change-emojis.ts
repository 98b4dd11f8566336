import type { Ctx } from '../context.ts'
import {
  deleteEmojiRow,
  type EmojiDetails,
  type EmojiPicture,
  type EmojiRow,
  emojiById,
  emojiByName,
  insertEmoji,
  updateEmojiRow,
} from '../db/queries/emojis.ts'
import { releaseFile } from './delete-file.ts'

/**
 * Adds a custom emoji.
 * @param emoji.url where its picture is, absolute
 * @param emoji.fileId the file that is its picture, which is kept as long as the emoji
 */
export async function addEmoji(
  ctx: Ctx,
  emoji: { name: string; url: string; fileId?: string | null } & Partial<EmojiDetails>,
): Promise<EmojiRow | 'duplicateName'> {
  const details: EmojiDetails = {
    category: null,
    aliases: [],
    license: null,
    isSensitive: false,
    localOnly: false,
    roleIds: [],
  }
  const row = { fileId: null, ...details, ...emoji, id: ctx.ids.next() }
  return ctx.transact(async (tx, afterCommit) => {
    if (!(await insertEmoji(tx, row))) return 'duplicateName'
    afterCommit(() => ctx.bus.publish({ type: 'emojis', change: 'added', id: row.id }))
    return row
  })
}

export type UpdateEmojiFailure = 'noSuchEmoji' | 'sameNameEmojiExists'

/**
 * Changes a custom emoji. Reactions with it keep the name they were given.
 * @param which by its id, and then the name is what it is to be called, or by its name
 */
export async function updateEmoji(
  ctx: Ctx,
  which: { id?: string; name?: string },
  changes: Partial<EmojiDetails & EmojiPicture>,
): Promise<{ id: string } | UpdateEmojiFailure> {
  return ctx.transact(async (tx, afterCommit) => {
    const emoji = which.id === undefined ? await emojiByName(tx, which.name ?? '') : await emojiById(tx, which.id)
    if (!emoji) return 'noSuchEmoji'
    const { id } = emoji
    if (which.name === undefined || which.name === emoji.name) {
      await updateEmojiRow(tx, id, changes)
      await releaseFile(ctx, tx, afterCommit, emoji.fileId)
      afterCommit(() => ctx.bus.publish({ type: 'emojis', change: 'updated', id }))
      return { id }
    }
    // Made anew, so that one statement says whether the name is free.
    const former = await deleteEmojiRow(tx, id)
    if (!former) return 'noSuchEmoji'
    if (!(await insertEmoji(tx, { ...former, ...changes, name: which.name }))) return 'sameNameEmojiExists'
    await releaseFile(ctx, tx, afterCommit, former.fileId)
    afterCommit(() => {
      ctx.bus.publish({ type: 'emojis', change: 'deleted', emoji: former })
      ctx.bus.publish({ type: 'emojis', change: 'added', id })
    })
    return { id }
  })
}

/** Deletes a custom emoji. Reactions with it stay. */
export async function deleteEmoji(ctx: Ctx, id: string): Promise<{ id: string } | 'noSuchEmoji'> {
  return ctx.transact(async (tx, afterCommit) => {
    const emoji = await deleteEmojiRow(tx, id)
    if (!emoji) return 'noSuchEmoji'
    await releaseFile(ctx, tx, afterCommit, emoji.fileId)
    afterCommit(() => ctx.bus.publish({ type: 'emojis', change: 'deleted', emoji }))
    return { id }
  })
}
