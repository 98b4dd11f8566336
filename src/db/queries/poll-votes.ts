import { sql } from 'kysely'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'

const take = prepared((db, p: Parameters<{ noteId: string; now: number }>) =>
  db
    .updateTable('poll')
    // To the value it has: the row is locked, and nobody else votes before the end of the transaction.
    .set((row) => ({ multiple: row.ref('multiple') }))
    .where('noteId', '=', p.noteId)
    .where((row) => row.or([row('expiresAt', 'is', null), row('expiresAt', '>', p.now)]))
    .returning('multiple'),
)

/** Takes a poll to vote in, for this transaction alone; undefined when it has ended by `now` or is gone. */
export const takePoll = async (tx: Db, noteId: string, now: number): Promise<{ multiple: boolean } | undefined> =>
  (await take(tx, { noteId, now }))[0]

interface NewVote {
  id: string
  noteId: string
  userId: string
  choice: number
}

const insert = prepared((db, p: Parameters<NewVote & { multiple: boolean }>) =>
  db
    .insertInto('pollVote')
    .columns(['id', 'noteId', 'userId', 'choice'])
    .expression((row) =>
      row
        .selectFrom('pollChoice')
        .select([sql<string>`${p.id}`.as('id'), 'noteId', sql<string>`${p.userId}`.as('userId'), 'position as choice'])
        .where('noteId', '=', p.noteId)
        .where('position', '=', p.choice)
        .where(
          sql<boolean>`(${p.multiple} or not exists (select 1 from "pollVote" where "noteId" = ${p.noteId} and "userId" = ${p.userId}))`,
        ),
    )
    .onConflict((conflict) => conflict.columns(['noteId', 'userId', 'choice']).doNothing())
    .returning('id'),
)
const count = prepared((db, p: Parameters<{ noteId: string; choice: number }>) =>
  db
    .updateTable('pollChoice')
    .set((row) => ({ votes: row('votes', '+', 1) }))
    .where('noteId', '=', p.noteId)
    .where('position', '=', p.choice),
)

/**
 * Adds a vote to a taken poll and counts it; false when the person has voted already, for the same choice or, where only
 * one may be chosen, for any.
 */
export async function insertVote(tx: Db, vote: NewVote, multiple: boolean): Promise<boolean> {
  if ((await insert(tx, { ...vote, multiple })).length === 0) return false
  await count(tx, vote)
  return true
}

/** What one person has voted for in the polls of these notes. */
export async function votesBy(db: Db, userId: string, noteIds: readonly string[]) {
  if (noteIds.length === 0) return []
  return db
    .selectFrom('pollVote')
    .select(['noteId', 'choice'])
    .where('userId', '=', userId)
    .where('noteId', 'in', noteIds)
    .execute()
}
