import type { Insertable } from 'kysely'
import type { Db } from '../database.ts'
import type { MutingTable, RenoteMutingTable } from '../schema/people.ts'

/** Makes a mute, in place of one that has ended; false when there is one. */
export async function insertMuting(tx: Db, muting: Insertable<MutingTable>, now: number): Promise<boolean> {
  const { id, expiresAt } = muting
  const row = await tx
    .insertInto('muting')
    .values(muting)
    .onConflict((conflict) =>
      conflict
        .columns(['muterId', 'muteeId'])
        .doUpdateSet({ id, expiresAt })
        .where('muting.expiresAt', 'is not', null)
        .where('muting.expiresAt', '<=', now),
    )
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Ends a mute; whether there was one that had not ended. */
export async function deleteMuting(tx: Db, muterId: string, muteeId: string, now: number): Promise<boolean> {
  const row = await tx
    .deleteFrom('muting')
    .where('muterId', '=', muterId)
    .where('muteeId', '=', muteeId)
    .where((muting) => muting.or([muting('expiresAt', 'is', null), muting('expiresAt', '>', now)]))
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Whether one person mutes another. */
export async function mutes(db: Db, muterId: string, muteeId: string, now: number): Promise<boolean> {
  const row = await db
    .selectFrom('muting')
    .select('id')
    .where('muterId', '=', muterId)
    .where('muteeId', '=', muteeId)
    .where((muting) => muting.or([muting('expiresAt', 'is', null), muting('expiresAt', '>', now)]))
    .executeTakeFirst()
  return row !== undefined
}

/** Forgets the mutes that have ended. They count nowhere; this keeps the table small. */
export async function deleteExpiredMutes(tx: Db, now: number): Promise<void> {
  await tx.deleteFrom('muting').where('expiresAt', '<=', now).execute()
}

/** Mutes a person's renotes; false when they are already. */
export async function insertRenoteMuting(tx: Db, muting: Insertable<RenoteMutingTable>): Promise<boolean> {
  const row = await tx
    .insertInto('renoteMuting')
    .values(muting)
    .onConflict((conflict) => conflict.columns(['muterId', 'muteeId']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Ends the mute of a person's renotes; whether there was one. */
export async function deleteRenoteMuting(tx: Db, muterId: string, muteeId: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('renoteMuting')
    .where('muterId', '=', muterId)
    .where('muteeId', '=', muteeId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
