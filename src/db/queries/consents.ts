import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../database.ts'
import type { ConsentTable } from '../schema/access.ts'

export type ConsentRow = Selectable<ConsentTable>

/** Keeps a question until it is answered, and forgets those whose time is up. */
export async function insertConsent(db: Db, consent: Insertable<ConsentTable>, now: number): Promise<void> {
  await db.deleteFrom('consent').where('expiresAt', '<=', now).execute()
  await db.insertInto('consent').values(consent).execute()
}

/**
 * Takes a question out to answer it: it can be answered once, by the person it was shown to, or by anyone when it was
 * shown to nobody in particular.
 * @param userId who answers; null to take it whoever it was shown to
 */
export const takeConsent = (db: Db, id: string, userId: string | null, now: number): Promise<ConsentRow | undefined> =>
  db
    .deleteFrom('consent')
    .where('id', '=', id)
    .$if(userId !== null, (consent) =>
      consent.where((row) => row.or([row('userId', '=', userId), row('userId', 'is', null)])),
    )
    .where('expiresAt', '>', now)
    .returningAll()
    .executeTakeFirst()
