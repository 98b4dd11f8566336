import type { KnownAntenna } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { makeRoomInAntenna } from '../../db/queries/antenna-notes.ts'
import { addToAntennas } from '../../db/queries/antennas.ts'
import { channelById } from '../../db/queries/channels.ts'
import { followersAmong } from '../../db/queries/following.ts'
import { listsWith } from '../../db/queries/user-lists.ts'
import { antennaTest } from '../../lib/antenna.ts'
import type { MadeNote, NoteEffect } from './effect.ts'

/** Gives the note to the antennas that are to catch it. */
export const collect: NoteEffect = async ({ ctx, tx, afterCommit, note }) => {
  if (!(await ctx.memory.antennas.isAny(tx))) return
  const { author } = note
  const { usernameLower: name } = author
  const authorNames = [name, `${name}@${new URL(ctx.config.url).host}`]
  const isCaught = antennaTest({
    ...{ authorId: author.id, authorNames, isByBot: author.isBot, recipients: note.recipients },
    ...{ text: note.text, cw: note.cw, hasFiles: note.hasFiles, visibility: note.visibility },
    isReply: note.replyId !== null,
  })
  const antennas = ctx.memory.antennas.listeningTo(authorNames).filter(({ rule }) => isCaught(rule))
  const catching = await withinReach(tx, note, antennas)
  const ids = catching.map(({ id }) => id)
  const given = new Set(await addToAntennas(tx, ids, note.id))
  ctx.memory.antennas.forget(ids.filter((id) => !given.has(id)))
  for (const { id, rule } of catching.filter((antenna) => given.has(antenna.id))) {
    if (Math.random() < 1 / 32) await makeRoomInAntenna(tx, id)
    afterCommit(() => ctx.bus.publish({ type: 'antennaNote', antennaId: id, userId: rule.ownerId, noteId: note.id }))
  }
}

/** Those whose owners may have the note, whose list its author is on, and who want what is in its channel. */
async function withinReach(tx: Db, note: MadeNote, antennas: readonly KnownAntenna[]): Promise<KnownAntenna[]> {
  let left = [...antennas]
  if (note.visibility === 'followers' && left.length > 0) {
    const owners = [...new Set(left.map(({ rule }) => rule.ownerId))]
    const followers = await followersAmong(tx, owners, note.userId)
    left = left.filter(({ rule }) => rule.ownerId === note.userId || followers.has(rule.ownerId))
  }
  const lists = left.flatMap(({ rule, userListId }) => (rule.src === 'list' && userListId ? userListId : []))
  if (left.some(({ rule }) => rule.src === 'list')) {
    const withAuthor = await listsWith(tx, note.userId, lists)
    left = left.filter(({ rule, userListId }) => rule.src !== 'list' || withAuthor.has(userListId ?? ''))
  }
  if (note.channelId !== null && left.some((antenna) => antenna.excludeNotesInSensitiveChannel)) {
    const channel = await channelById(tx, note.channelId)
    if (channel?.isSensitive) left = left.filter((antenna) => !antenna.excludeNotesInSensitiveChannel)
  }
  return left
}
