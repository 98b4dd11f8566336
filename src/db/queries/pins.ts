import { type Expression, sql } from 'kysely'
import type { Db } from '../database.ts'
import { type Parameters, prepared, preparedList } from '../prepared.ts'

/** The notes these people have pinned, newest pin of each first. */
export const pinsOf = (db: Db, userIds: readonly string[]): Promise<{ userId: string; noteId: string }[]> =>
  pins(db, userIds, {})

const pins = preparedList((db, userIds: Expression<string>[], _: Parameters<object>) =>
  db.selectFrom('pin').select(['userId', 'noteId']).where('userId', 'in', userIds).orderBy('id', 'desc'),
)

const count = prepared((db, p: Parameters<{ userId: string }>) =>
  db.selectFrom('pin').select(sql<number>`count(*)`.as('count')).where('userId', '=', p.userId),
)

export const countPins = async (db: Db, userId: string): Promise<number> => (await count(db, { userId }))[0]?.count ?? 0

/** Pins a note; false when it is pinned already. */
export async function insertPin(db: Db, pin: { id: string; userId: string; noteId: string }): Promise<boolean> {
  const row = await db
    .insertInto('pin')
    .values(pin)
    .onConflict((conflict) => conflict.columns(['userId', 'noteId']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function deletePin(db: Db, userId: string, noteId: string): Promise<void> {
  await db.deleteFrom('pin').where('userId', '=', userId).where('noteId', '=', noteId).execute()
}
