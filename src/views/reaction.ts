import type { Ctx } from '../context.ts'
import { type ReactionRow, reactionsBy } from '../db/queries/reactions.ts'
import type { UserRow } from '../db/queries/users.ts'
import { isoTimeOfId } from '../lib/id.ts'
import { shownReaction } from '../lib/reaction.ts'
import { showNotes } from './note.ts'
import type { NoteReaction, NoteReactionWithNote } from './schema/reaction.ts'
import { showUserLite, type Viewer } from './user-lite.ts'

/** Reactions with whose they are. */
export async function showReactions(ctx: Ctx, rows: readonly ReactionRow[]): Promise<NoteReaction[]> {
  const users = await ctx.memory.people.byIds([...new Set(rows.map(({ userId }) => userId))])
  return rows.flatMap((row) => {
    const user = users.get(row.userId)
    return user ? present(ctx, row, user) : []
  })
}

/** One person's reactions to these notes, in their order, each with the note as a viewer sees it. */
export async function showReactionsWithNotes(
  ctx: Ctx,
  user: UserRow,
  noteIds: readonly string[],
  viewer: Viewer | null,
): Promise<NoteReactionWithNote[]> {
  const reactions = new Map((await reactionsBy(ctx.db, user.id, noteIds)).map((row) => [row.noteId, row]))
  const notes = await showNotes(ctx, noteIds, viewer)
  return notes.flatMap((note) => {
    const row = reactions.get(note.id)
    return row ? { ...present(ctx, row, user), note } : []
  })
}

const present = (ctx: Ctx, row: ReactionRow, user: UserRow): NoteReaction => ({
  id: row.id,
  createdAt: isoTimeOfId(row.id),
  user: showUserLite(ctx, user),
  type: shownReaction(row.reaction),
})
