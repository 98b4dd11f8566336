import type { Ctx } from '../context.ts'
import { visibleAmong } from '../db/queries/note-relations.ts'
import {
  addToNoteCounters,
  insertAddressees,
  insertNote,
  insertPoll,
  type NoteRow,
  noteById,
  takeNoteId,
} from '../db/queries/notes.ts'
import { addToCounters, usersByIds, usersByNames } from '../db/queries/users.ts'
import { toJson } from '../db/schema/json.ts'
import type { ReactionAcceptance } from '../db/schema/notes.ts'
import { timeOfId } from '../lib/id.ts'
import { extract, normaliseTag } from '../lib/note-text.ts'
import type { Visibility } from '../lib/visibility.ts'

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
  | 'containsTooManyMentions'

/** Makes a note, counts it, and tells the streams once it is durable. */
export async function createNote(
  ctx: Ctx,
  authorId: string,
  policies: NotePolicies,
  request: NoteRequest,
): Promise<{ id: string } | CreateNoteFailure> {
  if (request.fileIds.length > 0) return 'noSuchFile'
  const renote = await renoteTarget(ctx, authorId, request)
  if (typeof renote === 'string') return renote
  const reply = await replyTarget(ctx, authorId, request)
  if (typeof reply === 'string') return reply
  const { poll } = request
  if (poll?.expiresAt != null && poll.expiresAt <= Date.now()) return 'cannotCreateAlreadyExpiredPoll'
  if (request.channelId) return 'noSuchChannel'

  const text = request.text?.trim() || null
  const visibility = narrowed(request.visibility, policies, renote, reply)
  const found = extract([text, request.cw, ...(poll?.choices ?? [])])
  const mentions = request.noExtractMentions ? [] : await mentioned(ctx, found.mentions)
  const recipients = visibility === 'specified' ? await recipientsOf(ctx, request, authorId, reply) : []
  const addressed = [
    ...new Set([...mentions, ...(reply && reply.userId !== authorId ? [reply.userId] : []), ...recipients]),
  ]
  if (addressed.length > policies.mentionLimit) return 'containsTooManyMentions'
  const isPureRenote = renote !== null && text === null && request.cw === null && !reply && !poll

  return ctx.transact(async (tx, afterCommit) => {
    const id = await takeNoteId(tx, ctx.ids)
    await insertNote(tx, {
      id,
      userId: authorId,
      visibility,
      text,
      cw: request.cw,
      localOnly: request.localOnly || Boolean(renote?.localOnly) || Boolean(reply?.localOnly),
      reactionAcceptance: request.reactionAcceptance,
      replyId: reply?.id ?? null,
      replyUserId: reply?.userId ?? null,
      renoteId: renote?.id ?? null,
      renoteUserId: renote?.userId ?? null,
      threadId: reply?.threadId ?? id,
      isPureRenote,
      tags: toJson(request.noExtractHashtags ? [] : found.hashtags.map(normaliseTag)),
      mentions: toJson(addressed),
      visibleUserIds: toJson(recipients),
      fileIds: toJson([]),
      hasFiles: false,
      hasPoll: poll !== null,
    })
    await insertAddressees(
      tx,
      addressed.map((userId) => ({ noteId: id, userId, isMentioned: true, isRecipient: recipients.includes(userId) })),
    )
    if (poll) await insertPoll(tx, { noteId: id, multiple: poll.multiple, expiresAt: poll.expiresAt }, poll.choices)
    if (reply) await addToNoteCounters(tx, reply.id, { replies: 1 })
    if (renote && renote.userId !== authorId) await addToNoteCounters(tx, renote.id, { renotes: 1 })
    await addToCounters(tx, authorId, { notes: 1, updatedAt: timeOfId(id) })
    afterCommit(() => ctx.bus.publish({ type: 'note', id, userId: authorId }))
    return { id }
  })
}

async function renoteTarget(ctx: Ctx, authorId: string, { renoteId }: NoteRequest) {
  if (!renoteId) return null
  const target = await noteById(ctx.db, renoteId)
  if (!target) return 'noSuchRenoteTarget'
  if (target.isPureRenote) return 'cannotReRenote'
  const isOpen = target.visibility === 'public' || target.visibility === 'home'
  const isOwnForFollowers = target.visibility === 'followers' && target.userId === authorId
  return isOpen || isOwnForFollowers ? target : 'cannotRenoteDueToVisibility'
}

async function replyTarget(ctx: Ctx, authorId: string, { replyId, visibility }: NoteRequest) {
  if (!replyId) return null
  const target = await noteById(ctx.db, replyId)
  if (!target) return 'noSuchReplyTarget'
  if (target.isPureRenote) return 'cannotReplyToPureRenote'
  if (!(await visibleAmong(ctx.db, authorId, [target])).has(target.id)) return 'cannotReplyToInvisibleNote'
  if (target.visibility === 'specified' && visibility !== 'specified') {
    return 'cannotReplyToSpecifiedVisibilityNoteWithExtendedVisibility'
  }
  return target
}

/** A note goes no wider than its author may go, nor than what it renotes or answers. */
function narrowed(
  asked: Visibility,
  policies: NotePolicies,
  renote: NoteRow | null,
  reply: NoteRow | null,
): Visibility {
  if (renote?.visibility === 'followers' && (asked === 'public' || asked === 'home')) return 'followers'
  if (asked !== 'public') return asked
  const wide = policies.canPublicNote && renote?.visibility !== 'home' && (!reply || reply.visibility === 'public')
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
