import type { Ctx } from '../context.ts'
import type { NoteRow } from '../db/queries/notes.ts'
import { reactionCountsOf, reactionsBy } from '../db/queries/reactions.ts'
import { shownReaction } from '../lib/reaction.ts'
import type { Note } from './schema/note.ts'
import type { Viewer } from './user-lite.ts'

/** Reactions to notes, by the id of the note. */
export interface NoteReactions {
  counts: ReadonlyMap<string, Note['reactions']>
  /** The viewer's own. */
  mine: ReadonlyMap<string, string>
}

/** The reactions to those of the notes that have any. */
export async function hydrateReactions(
  ctx: Ctx,
  notes: readonly NoteRow[],
  viewer: Viewer | null,
): Promise<NoteReactions> {
  const ids = notes.filter(({ reactionCount }) => reactionCount > 0).map(({ id }) => id)
  const counts = new Map<string, Note['reactions']>()
  for (const { noteId, reaction, count } of await reactionCountsOf(ctx.db, ids)) {
    counts.set(noteId, { ...counts.get(noteId), [shownReaction(reaction)]: count })
  }
  const mine = viewer ? await reactionsBy(ctx.db, viewer.id, ids) : []
  return { counts, mine: new Map(mine.map(({ noteId, reaction }) => [noteId, shownReaction(reaction)])) }
}
