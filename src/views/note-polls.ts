import type { Ctx } from '../context.ts'
import { pollsOf } from '../db/queries/notes.ts'
import { votesBy } from '../db/queries/poll-votes.ts'
import { isoTime } from '../lib/time.ts'
import type { Note } from './schema/note.ts'
import type { Viewer } from './user-lite.ts'

/** Polls by the id of their note, with what the viewer has voted for. */
export async function hydratePolls(
  ctx: Ctx,
  noteIds: readonly string[],
  viewer: Viewer | null,
): Promise<ReadonlyMap<string, NonNullable<Note['poll']>>> {
  const { polls, choices } = await pollsOf(ctx.db, noteIds)
  const votes = viewer ? await votesBy(ctx.db, viewer.id, noteIds) : []
  const voted = new Set(votes.map(({ noteId, choice }) => `${noteId} ${choice}`))
  return new Map(
    polls.map(({ noteId, multiple, expiresAt }) => [
      noteId,
      {
        multiple,
        expiresAt: isoTime(expiresAt),
        choices: choices
          .filter((choice) => choice.noteId === noteId)
          .map(({ text, votes, position }) => ({ text, votes, isVoted: voted.has(`${noteId} ${position}`) })),
      },
    ]),
  )
}
