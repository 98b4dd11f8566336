import type { Ctx } from '../context.ts'
import { favoritesAmong } from '../db/queries/clip-favorites.ts'
import { type ClipRow, readableClip } from '../db/queries/clips.ts'
import { usersByIds } from '../db/queries/users.ts'
import { isoTimeOfId } from '../lib/id.ts'
import { isoTime } from '../lib/time.ts'
import type { Clip } from './schema/clip.ts'
import { showUserLite, type Viewer } from './user.ts'

/** Clips as a viewer sees them, in their order. */
export async function showClips(ctx: Ctx, rows: readonly ClipRow[], viewer: Viewer | null): Promise<Clip[]> {
  const owners = await usersByIds(ctx.db, [...new Set(rows.map(({ userId }) => userId))])
  const users = new Map(owners.map((user) => [user.id, user]))
  const ids = rows.map(({ id }) => id)
  const favorites = viewer ? await favoritesAmong(ctx.db, viewer.id, ids) : null
  return rows.flatMap((row) => {
    const user = users.get(row.userId)
    if (!user) return []
    return {
      id: row.id,
      createdAt: isoTimeOfId(row.id),
      lastClippedAt: isoTime(row.lastClippedAt),
      userId: row.userId,
      user: showUserLite(ctx, user),
      name: row.name,
      description: row.description,
      isPublic: row.isPublic,
      favoritedCount: row.favoritedCount,
      ...(favorites && { isFavorited: favorites.has(row.id) }),
      ...(viewer?.id === row.userId && { notesCount: row.notesCount }),
    }
  })
}

/** A clip the viewer may see, or undefined. */
export async function showClip(ctx: Ctx, id: string, viewer: Viewer | null): Promise<Clip | undefined> {
  const row = await readableClip(ctx.db, id, viewer?.id ?? null)
  return row && (await showClips(ctx, [row], viewer))[0]
}
