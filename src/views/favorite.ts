import type { Ctx } from '../context.ts'
import type { FavoriteRow } from '../db/queries/favorites.ts'
import { isoTimeOfId } from '../lib/id.ts'
import { showNotes } from './note.ts'
import type { NoteFavorite } from './schema/favorite.ts'
import type { Viewer } from './user-lite.ts'

/** What a viewer keeps, each with the note as they see it. */
export async function showFavorites(ctx: Ctx, rows: readonly FavoriteRow[], viewer: Viewer): Promise<NoteFavorite[]> {
  const ids = rows.map(({ noteId }) => noteId)
  const notes = new Map((await showNotes(ctx, ids, viewer)).map((note) => [note.id, note]))
  return rows.flatMap(({ id, noteId }) => {
    const note = notes.get(noteId)
    return note ? { id, createdAt: isoTimeOfId(id), noteId, note } : []
  })
}
