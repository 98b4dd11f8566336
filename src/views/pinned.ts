import type { Ctx } from '../context.ts'
import { pinsOf } from '../db/queries/pins.ts'
import { showNotes } from './note.ts'
import type { Note } from './schema/note.ts'
import type { Viewer } from './user-lite.ts'

/** What a person shows at the top of their page, newest pin first. */
export interface Pinned {
  pinnedNoteIds: string[]
  pinnedNotes: Note[]
}

/** What these people have pinned, by person; what the viewer may not see of it comes hidden. */
export async function showPinned(
  ctx: Ctx,
  userIds: readonly string[],
  viewer: Viewer | null,
): Promise<(userId: string) => Pinned> {
  const pins = Map.groupBy(await pinsOf(ctx.db, userIds), ({ userId }) => userId)
  const ids = [...pins.values()].flat().map(({ noteId }) => noteId)
  const notes = new Map((ids.length > 0 ? await showNotes(ctx, ids, viewer) : []).map((note) => [note.id, note]))
  return (userId) => {
    const pinnedNotes = (pins.get(userId) ?? []).flatMap(({ noteId }) => notes.get(noteId) ?? [])
    return { pinnedNoteIds: pinnedNotes.map(({ id }) => id), pinnedNotes }
  }
}
