import { type Selectable, sql } from 'kysely'
import type { Page } from '../../lib/pagination.ts'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import type { ReactionTable } from '../schema/notes.ts'
import { noteList } from './note-lists.ts'

export type ReactionRow = Selectable<ReactionTable>

const countNote = prepared((db, p: Parameters<{ id: string; by: number }>) =>
  db
    .updateTable('note')
    .set((row) => ({ reactionCount: row('reactionCount', '+', p.by) }))
    .where('id', '=', p.id)
    .returning('id'),
)

/**
 * Adds to how many reactions a note has; false when it is gone. From here to the end of the transaction nobody else
 * changes its reactions.
 */
export const addToReactionCount = async (tx: Db, noteId: string, by: number): Promise<boolean> =>
  (await countNote(tx, { id: noteId, by })).length > 0

const insert = prepared((db, p: Parameters<ReactionRow>) =>
  db
    .insertInto('reaction')
    .values({ id: p.id, noteId: p.noteId, userId: p.userId, reaction: p.reaction })
    .onConflict((conflict) => conflict.columns(['noteId', 'userId']).doNothing())
    .returning('id'),
)
const countUp = prepared((db, p: Parameters<{ noteId: string; reaction: string }>) =>
  db
    .insertInto('reactionCount')
    .values({ noteId: p.noteId, reaction: p.reaction, count: 1 })
    .onConflict((conflict) =>
      conflict.columns(['noteId', 'reaction']).doUpdateSet((row) => ({ count: row('reactionCount.count', '+', 1) })),
    ),
)

/** Adds a reaction and counts it; false when the person has reacted to the note already. */
export async function insertReaction(tx: Db, reaction: ReactionRow): Promise<boolean> {
  if ((await insert(tx, reaction)).length === 0) return false
  await countUp(tx, { noteId: reaction.noteId, reaction: reaction.reaction })
  return true
}

const remove = prepared((db, p: Parameters<{ noteId: string; userId: string; kept: string }>) =>
  db
    .deleteFrom('reaction')
    .where('noteId', '=', p.noteId)
    .where('userId', '=', p.userId)
    .where('reaction', '!=', p.kept)
    .returning('reaction'),
)
const countLastDown = prepared((db, p: Parameters<{ noteId: string; reaction: string }>) =>
  db
    .deleteFrom('reactionCount')
    .where('noteId', '=', p.noteId)
    .where('reaction', '=', p.reaction)
    .where('count', '<=', 1)
    .returning('noteId'),
)
const countDown = prepared((db, p: Parameters<{ noteId: string; reaction: string }>) =>
  db
    .updateTable('reactionCount')
    .set((row) => ({ count: row('count', '-', 1) }))
    .where('noteId', '=', p.noteId)
    .where('reaction', '=', p.reaction),
)

/**
 * Deletes a person's reaction to a note and counts it down.
 * @param kept it stays if it is this one
 * @returns what it was; null when there was none to delete
 */
export async function deleteReaction(tx: Db, noteId: string, userId: string, kept = ''): Promise<string | null> {
  const [removed] = await remove(tx, { noteId, userId, kept })
  if (!removed) return null
  const { reaction } = removed
  if ((await countLastDown(tx, { noteId, reaction })).length === 0) await countDown(tx, { noteId, reaction })
  return reaction
}

/** How many there are of each reaction to these notes. */
export async function reactionCountsOf(db: Db, noteIds: readonly string[]) {
  if (noteIds.length === 0) return []
  return db
    .selectFrom('reactionCount')
    .selectAll()
    .where('noteId', 'in', noteIds)
    .where('count', '>', 0)
    .orderBy('noteId')
    .orderBy('reaction')
    .execute()
}

/** One person's reactions to these notes. */
export async function reactionsBy(db: Db, userId: string, noteIds: readonly string[]): Promise<ReactionRow[]> {
  if (noteIds.length === 0) return []
  return db.selectFrom('reaction').selectAll().where('userId', '=', userId).where('noteId', 'in', noteIds).execute()
}

/** A page of the reactions to a note, all or those of one kind. */
export const reactionPage = (db: Db, noteId: string, reaction: string | null, page: Page): Promise<ReactionRow[]> =>
  db
    .selectFrom('reaction')
    .selectAll()
    .where('noteId', '=', noteId)
    .$if(reaction !== null, (query) => query.where('reaction', '=', reaction))
    .where('id', '>', page.since ?? '')
    .where('id', '<', page.until ?? '~')
    .orderBy('id', page.order)
    .limit(page.limit)
    .execute()

/** Notes a person has reacted to, paged by the ids of the reactions. */
export const reactedIds = noteList<{ reactor: string }>((p) => [sql`"reaction"."userId" = ${p.reactor}`], {
  source: {
    from: sql`"reaction" inner join "note" on "note"."id" = "reaction"."noteId"`,
    cursor: sql`"reaction"."id"`,
  },
})
