import type { Ctx } from '../context.ts'
import { type ChannelRow, channelsByIds } from '../db/queries/channels.ts'
import { visibleAmong } from '../db/queries/note-relations.ts'
import { type NoteRow, notesByIds } from '../db/queries/notes.ts'
import type { UserRow } from '../db/queries/users.ts'
import { isWithheld, narrowed } from '../lib/author-wishes.ts'
import { isoTimeOfId } from '../lib/id.ts'
import { showFilesByIds } from './drive-file.ts'
import { hydratePolls } from './note-polls.ts'
import { hydrateReactions, type NoteReactions } from './note-reactions.ts'
import type { DriveFile } from './schema/drive-file.ts'
import type { Note } from './schema/note.ts'
import { showUserLite, type Viewer } from './user-lite.ts'

/** Renotes of renotes are followed so far down: a chain of quotes could be as long as its authors like. */
const MAX_DEPTH = 4

/** Everything presenting needs, read in as many statements for thirty notes as for one. */
interface Hydrated {
  notes: ReadonlyMap<string, NoteRow>
  users: ReadonlyMap<string, UserRow>
  polls: ReadonlyMap<string, NonNullable<Note['poll']>>
  reactions: NoteReactions
  files: ReadonlyMap<string, DriveFile>
  channels: ReadonlyMap<string, ChannelRow>
  /** Ids of the notes that the viewer may see. */
  visible: ReadonlySet<string>
  viewer: Viewer | null
}

/**
 * Notes as a viewer sees them, in the order of `ids`. Those that are gone are left out; those out of reach come hidden.
 * @param known rows that were just read or made, and need not be read again
 */
export async function showNotes(
  ctx: Ctx,
  ids: readonly string[],
  viewer: Viewer | null,
  known: readonly NoteRow[] = [],
): Promise<Note[]> {
  const hydrated = await hydrate(ctx, ids, viewer, known)
  return ids.flatMap((id) => {
    const row = hydrated.notes.get(id)
    return row ? (present(ctx, hydrated, row, MAX_DEPTH) ?? []) : []
  })
}

/** One note, or undefined when it is gone. */
export const showNote = async (ctx: Ctx, id: string, viewer: Viewer | null): Promise<Note | undefined> =>
  (await showNotes(ctx, [id], viewer))[0]

async function hydrate(
  ctx: Ctx,
  ids: readonly string[],
  viewer: Viewer | null,
  known: readonly NoteRow[],
): Promise<Hydrated> {
  const found = await notesAndTargets(ctx, ids, known)
  const users = await ctx.memory.people.byIds([...new Set(found.map(({ userId }) => userId))])
  const reader = viewer?.id ?? null
  const now = Date.now()
  const rows: NoteRow[] = []
  const offered: NoteRow[] = []
  for (const one of found) {
    const author = users.get(one.userId)
    if (!author) continue
    const row = narrowed(one, author, now)
    rows.push(row)
    if (!isWithheld(row, author, reader, now)) offered.push(row)
  }
  const visible = await visibleAmong(ctx.db, reader, offered)
  const channels = await channelsByIds(ctx.db, [...new Set(rows.flatMap(({ channelId }) => channelId ?? []))])
  const withPoll = rows.filter((row) => row.hasPoll && visible.has(row.id)).map(({ id }) => id)
  return {
    notes: new Map(rows.map((row) => [row.id, row])),
    users,
    channels: new Map(channels.map((row) => [row.id, row])),
    polls: await hydratePolls(ctx, withPoll, viewer),
    reactions: await hydrateReactions(ctx, rows, viewer),
    files: await showFilesByIds(
      ctx,
      rows.flatMap(({ id, fileIds }) => (visible.has(id) ? fileIds : [])),
    ),
    visible,
    viewer,
  }
}

/** These notes and those they are about, down to some depth. */
async function notesAndTargets(ctx: Ctx, ids: readonly string[], known: readonly NoteRow[]): Promise<NoteRow[]> {
  const atHand = new Map(known.map((row) => [row.id, row]))
  const notes = new Map<string, NoteRow>()
  let wanted = new Set(ids)
  for (let depth = 0; depth <= MAX_DEPTH && wanted.size > 0; depth++) {
    const missing = [...wanted].filter((id) => !atHand.has(id))
    const rows = [...[...wanted].flatMap((id) => atHand.get(id) ?? []), ...(await notesByIds(ctx.db, missing))]
    for (const row of rows) notes.set(row.id, row)
    wanted = new Set(
      rows
        .flatMap(({ replyId, renoteId }) => [replyId, renoteId])
        .filter((id) => id !== null && !notes.has(id)) as string[],
    )
  }
  return [...notes.values()]
}

/**
 * @param depth how many renotes deep to go; 0 also stands for the short form, which has no poll, reply, renote or own reaction
 */
function present(ctx: Ctx, hydrated: Hydrated, row: NoteRow, depth: number): Note | null {
  const user = hydrated.users.get(row.userId)
  if (!user) return null
  const isHidden = !hydrated.visible.has(row.id)
  const myReaction = hydrated.reactions.mine.get(row.id)
  return {
    id: row.id,
    createdAt: isoTimeOfId(row.id),
    userId: row.userId,
    user: showUserLite(ctx, user, hydrated.viewer),
    ...(isHidden ? hiddenContent : contentOf(hydrated, row, depth)),
    visibility: row.visibility,
    localOnly: row.localOnly,
    reactionAcceptance: row.reactionAcceptance,
    reactions: hydrated.reactions.counts.get(row.id) ?? {},
    reactionEmojis: {},
    reactionCount: row.reactionCount,
    renoteCount: row.renoteCount,
    repliesCount: row.repliesCount,
    replyId: row.replyId,
    renoteId: row.renoteId,
    ...channelOf(hydrated, row),
    ...(depth > 0 && {
      clippedCount: row.clippedCount,
      ...(myReaction && { myReaction }),
      ...targets(ctx, hydrated, row, depth),
    }),
  }
}

/** Where the note was posted, when that is a channel. */
function channelOf(hydrated: Hydrated, { channelId }: NoteRow): Pick<Note, 'channelId' | 'channel'> {
  const channel = channelId === null ? undefined : hydrated.channels.get(channelId)
  if (!channel) return {}
  const { id, name, color, isSensitive, allowRenoteToExternal, userId } = channel
  return { channelId: id, channel: { id, name, color, isSensitive, allowRenoteToExternal, userId } }
}

/** A note out of reach: who wrote it and when is known, what it says and whom it names is not. */
const hiddenContent: Pick<Note, 'text' | 'cw' | 'fileIds' | 'files' | 'isHidden'> = {
  text: null,
  cw: null,
  fileIds: [],
  files: [],
  isHidden: true,
}

function contentOf(hydrated: Hydrated, row: NoteRow, depth: number) {
  const poll = depth > 0 ? hydrated.polls.get(row.id) : undefined
  return {
    text: row.text,
    cw: row.cw,
    fileIds: row.fileIds,
    files: row.fileIds.flatMap((id) => hydrated.files.get(id) ?? []),
    ...(row.mentions.length > 0 && { mentions: row.mentions }),
    ...(row.tags.length > 0 && { tags: row.tags }),
    ...(row.visibility === 'specified' && { visibleUserIds: row.visibleUserIds }),
    ...(row.hasPoll && { hasPoll: true as const }),
    ...(poll && { poll }),
  }
}

/** What the note replies to, in short form, and what it renotes, in full; null where that was deleted. */
function targets(ctx: Ctx, hydrated: Hydrated, row: NoteRow, depth: number): Pick<Note, 'reply' | 'renote'> {
  const show = (id: string, depthBelow: number): Note | null => {
    const target = hydrated.notes.get(id)
    return target ? present(ctx, hydrated, target, depthBelow) : null
  }
  return {
    ...(row.replyId && { reply: show(row.replyId, 0) }),
    ...(row.renoteId && { renote: show(row.renoteId, depth - 1) }),
  }
}
