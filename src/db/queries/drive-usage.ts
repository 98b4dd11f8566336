import type { Db } from '../database.ts'

/** How many bytes a person's files have. */
export async function driveUsage(db: Db, userId: string): Promise<number> {
  const row = await db.selectFrom('account').select('driveUsage').where('userId', '=', userId).executeTakeFirst()
  return row?.driveUsage ?? 0
}

/**
 * Takes room in a person's drive; false when there is not enough of it. Of several at once, none gets what another has
 * taken: the row is theirs until the transaction ends.
 */
export async function takeRoom(tx: Db, userId: string, bytes: number, capacity: number): Promise<boolean> {
  const row = await tx
    .updateTable('account')
    .set((row) => ({ driveUsage: row('driveUsage', '+', bytes) }))
    .where('userId', '=', userId)
    .where('driveUsage', '<=', capacity - bytes)
    .returning('userId')
    .executeTakeFirst()
  return row !== undefined
}

/** Gives room back. */
export async function giveRoom(tx: Db, userId: string, bytes: number): Promise<void> {
  await tx
    .updateTable('account')
    .set((row) => ({ driveUsage: row('driveUsage', '-', bytes) }))
    .where('userId', '=', userId)
    .execute()
}
