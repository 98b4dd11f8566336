import type { Ctx } from '../context.ts'
import { tiesAmong } from '../db/queries/channel-relations.ts'
import { type ChannelRow, channelById } from '../db/queries/channels.ts'
import { isoTimeOfId } from '../lib/id.ts'
import { isoTime } from '../lib/time.ts'
import { showFilesByIds } from './drive-file.ts'
import { showNotes } from './note.ts'
import type { Channel } from './schema/channel.ts'
import type { Viewer } from './user-lite.ts'

/** Channels as a viewer sees them, in their order. */
export async function showChannels(ctx: Ctx, rows: readonly ChannelRow[], viewer: Viewer | null): Promise<Channel[]> {
  const ids = rows.map(({ id }) => id)
  const followed = viewer ? await tiesAmong(ctx.db, 'channelFollowing', viewer.id, ids) : null
  const favorites = viewer ? await tiesAmong(ctx.db, 'channelFavorite', viewer.id, ids) : null
  const banners = await showFilesByIds(
    ctx,
    rows.flatMap(({ bannerId }) => bannerId ?? []),
  )
  return rows.map((row) => ({
    id: row.id,
    createdAt: isoTimeOfId(row.id),
    lastNotedAt: isoTime(row.lastNotedAt),
    name: row.name,
    description: row.description,
    userId: row.userId,
    bannerUrl: banners.get(row.bannerId ?? '')?.url ?? null,
    bannerId: row.bannerId,
    pinnedNoteIds: row.pinnedNoteIds,
    color: row.color,
    isArchived: row.isArchived,
    usersCount: row.usersCount,
    notesCount: row.notesCount,
    isSensitive: row.isSensitive,
    allowRenoteToExternal: row.allowRenoteToExternal,
    ...(followed && { isFollowing: followed.has(row.id) }),
    ...(favorites && { isFavorited: favorites.has(row.id) }),
    ...(viewer && { isMuting: false }),
  }))
}

/** One channel, or undefined when there is none. */
export async function showChannel(ctx: Ctx, id: string, viewer: Viewer | null): Promise<Channel | undefined> {
  const row = await channelById(ctx.db, id)
  return row && (await showChannels(ctx, [row], viewer))[0]
}

/** One channel with the notes pinned in it, as far as they are there and for the viewer to see. */
export async function showChannelDetailed(ctx: Ctx, id: string, viewer: Viewer | null): Promise<Channel | undefined> {
  const channel = await showChannel(ctx, id, viewer)
  if (!channel) return undefined
  const pinned = await showNotes(ctx, channel.pinnedNoteIds, viewer)
  return { ...channel, pinnedNotes: pinned.filter((note) => !note.isHidden) }
}
