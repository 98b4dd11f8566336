import type { Ctx } from '../context.ts'
import { type ChannelRow, channelById } from '../db/queries/channels.ts'
import { ownFiles } from '../db/queries/drive-files.ts'
import { attachFiles } from '../db/queries/file-uses.ts'
import { maySeeNote } from '../db/queries/note-relations.ts'
import { insertAddressees, insertNote, insertPoll, type NoteRow, noteById, takeNoteId } from '../db/queries/notes.ts'
import { blocks } from '../db/queries/relations.ts'
import { usersByIds, usersByNames } from '../db/queries/users.ts'
import { toJson } from '../db/schema/json.ts'
import type { ReactionAcceptance } from '../db/schema/notes.ts'
import { extract, normaliseTag } from '../lib/note-text.ts'
import type { Visibility } from '../lib/visibility.ts'
import { holdsFiltered } from '../lib/word-filter.ts'
import { noteEffects } from './note-effects.ts'

/** What the caller asks for, checked for form. */
export interface NoteRequest {
  text: string | null
  cw: string | null
  visibility: Visibility
  visibleUserIds: readonly string[]
  localOnly: boolean
  reactionAcceptance: ReactionAcceptance | null
  noExtractMentions: boolean
  noExtractHashtags: boolean
  replyId: string | null
  renoteId: string | null
  channelId: string | null
  fileIds: readonly string[]
  poll: { choices: readonly string[]; multiple: boolean; expiresAt: number | null } | null
}

/** What the author's roles allow. */
export interface NotePolicies {
  canPublicNote: boolean
  mentionLimit: number
}

export type CreateNoteFailure =
  | 'noSuchFile'
  | 'noSuchRenoteTarget'
  | 'cannotReRenote'
  | 'cannotRenoteDueToVisibility'
  | 'noSuchReplyTarget'
  | 'cannotReplyToInvisibleNote'
  | 'cannotReplyToPureRenote'
  | 'cannotReplyToSpecifiedVisibilityNoteWithExtendedVisibility'
  | 'cannotCreateAlreadyExpiredPoll'
  | 'noSuchChannel'
  | 'cannotRenoteOutsideOfChannel'
  | 'youHaveBeenBlocked'
  | 'containsProhibitedWords'
  | 'containsTooManyMentions'

/** Makes a note, counts it, and tells the streams once it is durable. Returns its row too, which nobody need read again. */
export async function createNote(
  ctx: Ctx,
  authorId: string,
  policies: NotePolicies,
  request: NoteRequest,
): Promise<{ id: string; row: NoteRow } | CreateNoteFailure> {
  const { fileIds } = request
  if ((await ownFiles(ctx.db, authorId, fileIds)).length < fileIds.length) return 'noSuchFile'
  const renote = await renoteTarget(ctx, authorId, request)
  if (typeof renote === 'string') return renote
  const reply = await replyTarget(ctx, authorId, request)
  if (typeof reply === 'string') return reply
  const { poll } = request
  if (poll?.expiresAt != null && poll.expiresAt <= Date.now()) return 'cannotCreateAlreadyExpiredPoll'
  const channel = await channelOf(ctx, request, reply)
  if (channel === 'noSuchChannel') return channel

  const { sensitiveWords, prohibitedWords } = ctx.settings.current()
  const written = [request.cw, request.text, ...(poll?.choices ?? [])]
  if (holdsFiltered(written.filter((part) => part !== null).join('\n'), prohibitedWords))
    return 'containsProhibitedWords'

  const text = request.text?.trim() || null
  const mayBePublic = policies.canPublicNote && !holdsFiltered(request.cw ?? text ?? '', sensitiveWords)
  // A channel is a place in the open: who may read there may read all of it.
  const visibility = channel ? 'public' : narrowed(request.visibility, mayBePublic, renote, reply)
  const found = extract([text, request.cw, ...(poll?.choices ?? [])])
  const mentions = request.noExtractMentions ? [] : await mentioned(ctx, found.mentions)
  const recipients = visibility === 'specified' ? await recipientsOf(ctx, request, authorId, reply) : []
  const addressed = [
    ...new Set([...mentions, ...(reply && reply.userId !== authorId ? [reply.userId] : []), ...recipients]),
  ]
  if (addressed.length > policies.mentionLimit) return 'containsTooManyMentions'
  const localOnly = channel !== null || request.localOnly || Boolean(renote?.localOnly) || Boolean(reply?.localOnly)

  const author = (await ctx.memory.people.byIds([authorId])).get(authorId)
  if (!author) throw new Error('The author has no row')

  return ctx.transact(async (tx, afterCommit) => {
    const id = await takeNoteId(tx, ctx.ids)
    const row = await insertNote(tx, {
      id,
      userId: authorId,
      visibility,
      text,
      cw: request.cw,
      localOnly,
      reactionAcceptance: request.reactionAcceptance,
      replyId: reply?.id ?? null,
      replyUserId: reply?.userId ?? null,
      renoteId: renote?.id ?? null,
      renoteUserId: renote?.userId ?? null,
      renoteReplyUserId: renote?.replyUserId ?? null,
      renoteRenoteUserId: renote?.renoteUserId ?? null,
      channelId: channel?.id ?? null,
      threadId: reply?.threadId ?? id,
      isPureRenote: renote !== null && text === null && request.cw === null && !reply && !poll && fileIds.length === 0,
      tags: toJson(request.noExtractHashtags ? [] : found.hashtags.map(normaliseTag)),
      mentions: toJson(addressed),
      visibleUserIds: toJson(recipients),
      fileIds: toJson(fileIds),
      hasFiles: fileIds.length > 0,
      hasPoll: poll !== null,
    })
    await insertAddressees(
      tx,
      addressed.map((userId) => ({ noteId: id, userId, isMentioned: true, isRecipient: recipients.includes(userId) })),
    )
    // One may have been deleted meanwhile.
    if (fileIds.length > 0 && (await attachFiles(tx, id, authorId, fileIds)) < fileIds.length) return 'noSuchFile'
    if (poll) await insertPoll(tx, { noteId: id, multiple: poll.multiple, expiresAt: poll.expiresAt }, poll.choices)
    const tags = request.noExtractHashtags ? [] : [...new Set(found.hashtags.map(normaliseTag))]
    const made = { ...row, author, reply, renote, poll, tags, mentioned: mentions, recipients }
    for (const effect of noteEffects) await effect({ ctx, tx, afterCommit, note: made })
    afterCommit(() => ctx.bus.publish({ type: 'note', id, userId: authorId }))
    return { id, row }
  })
}

/**
 * Where the note goes: a reply to where its target is, anything else to where it was asked for. What was asked for must
 * be there all the same.
 */
async function channelOf(
  ctx: Ctx,
  { channelId }: NoteRequest,
  reply: NoteRow | null,
): Promise<ChannelRow | null | 'noSuchChannel'> {
  const asked = channelId === null ? null : await openChannel(ctx, channelId)
  if (asked === 'noSuchChannel' || !reply || reply.channelId === asked?.id) return asked
  return reply.channelId === null ? null : openChannel(ctx, reply.channelId)
}

async function openChannel(ctx: Ctx, id: string): Promise<ChannelRow | 'noSuchChannel'> {
  const channel = await channelById(ctx.db, id)
  return channel && !channel.isArchived ? channel : 'noSuchChannel'
}

async function renoteTarget(ctx: Ctx, authorId: string, { renoteId, channelId }: NoteRequest) {
  if (!renoteId) return null
  const target = await noteById(ctx.db, renoteId)
  if (!target) return 'noSuchRenoteTarget'
  if (target.isPureRenote) return 'cannotReRenote'
  if (await blocks(ctx.db, target.userId, authorId)) return 'youHaveBeenBlocked'
  const isOpen = target.visibility === 'public' || target.visibility === 'home'
  const isOwnForFollowers = target.visibility === 'followers' && target.userId === authorId
  if (!isOpen && !isOwnForFollowers) return 'cannotRenoteDueToVisibility'
  // What was for everyone once may be for few by now.
  if (!(await maySeeNote(ctx.db, authorId, target))) return 'cannotRenoteDueToVisibility'
  if (target.channelId === null || target.channelId === channelId) return target
  const channel = await channelById(ctx.db, target.channelId)
  if (!channel) return 'noSuchChannel'
  return channel.allowRenoteToExternal ? target : 'cannotRenoteOutsideOfChannel'
}

async function replyTarget(ctx: Ctx, authorId: string, { replyId, visibility }: NoteRequest) {
  if (!replyId) return null
  const target = await noteById(ctx.db, replyId)
  if (!target) return 'noSuchReplyTarget'
  if (target.isPureRenote) return 'cannotReplyToPureRenote'
  if (!(await maySeeNote(ctx.db, authorId, target))) return 'cannotReplyToInvisibleNote'
  if (target.visibility === 'specified' && visibility !== 'specified') {
    return 'cannotReplyToSpecifiedVisibilityNoteWithExtendedVisibility'
  }
  if (await blocks(ctx.db, target.userId, authorId)) return 'youHaveBeenBlocked'
  return target
}

/** A note goes no wider than its author may go, nor than what it renotes or answers. */
function narrowed(asked: Visibility, mayBePublic: boolean, renote: NoteRow | null, reply: NoteRow | null): Visibility {
  if (renote?.visibility === 'followers' && (asked === 'public' || asked === 'home')) return 'followers'
  if (asked !== 'public') return asked
  const wide = mayBePublic && renote?.visibility !== 'home' && (!reply || reply.visibility === 'public')
  return wide ? 'public' : 'home'
}

/** Ids of the people mentioned by name; names nobody has are ignored. */
async function mentioned(ctx: Ctx, mentions: readonly { username: string; host: string | null }[]): Promise<string[]> {
  const { host } = new URL(ctx.config.url)
  const names = mentions
    .filter((mention) => mention.host === null || mention.host === host)
    .map((m) => m.username.toLowerCase())
  const people = new Map((await usersByNames(ctx.db, [...new Set(names)])).map((row) => [row.usernameLower, row.id]))
  return [...new Set(names.flatMap((name) => people.get(name) ?? []))]
}

/** Whom a direct note is for: those named, and whoever it answers. Ids of nobody are dropped. */
async function recipientsOf(
  ctx: Ctx,
  request: NoteRequest,
  authorId: string,
  reply: NoteRow | null,
): Promise<string[]> {
  const asked = [...new Set([...request.visibleUserIds, ...(reply && reply.userId !== authorId ? [reply.userId] : [])])]
  const existing = new Set((await usersByIds(ctx.db, asked)).map(({ id }) => id))
  return asked.filter((id) => existing.has(id))
}
