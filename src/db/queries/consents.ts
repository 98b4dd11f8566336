import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../database.ts'
import type { ConsentTable } from '../schema/access.ts'

export type ConsentRow = Selectable<ConsentTable>

/** Keeps a question until it is answered, and forgets those whose time is up. */
export async function insertConsent(db: Db, consent: Insertable<ConsentTable>, now: number): Promise<void> {
  await db.deleteFrom('consent').where('expiresAt', '<=', now).execute()
  await db.insertInto('consent').values(consent).execute()
}

/** Takes a question out to answer it: it can be answered once, by the person it was shown to. */
export const takeConsent = (db: Db, id: string, userId: string, now: number): Promise<ConsentRow | undefined> =>
  db
    .deleteFrom('consent')
    .where('id', '=', id)
    .where('userId', '=', userId)
    .where('expiresAt', '>', now)
    .returningAll()
    .executeTakeFirst()
