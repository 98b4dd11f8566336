import type { Insertable } from 'kysely'
import { sql } from 'kysely'
import type { Db } from '../database.ts'
import type { InvitationTable } from '../schema/people.ts'

export async function insertInvitation(db: Db, invitation: Insertable<InvitationTable>): Promise<void> {
  await db.insertInto('invitation').values(invitation).execute()
}

/** Uses an invitation up; false when there is none, or it was used or has expired. Of several at once, one wins. */
export async function claimInvitation(db: Db, codeDigest: string, usedAt: number): Promise<string | undefined> {
  const row = await db
    .updateTable('invitation')
    .set({ usedAt })
    .where('codeDigest', '=', codeDigest)
    .where('usedAt', 'is', null)
    .where((row) => row.or([row('expiresAt', 'is', null), row('expiresAt', '>', usedAt)]))
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export async function setInvitationUser(db: Db, id: string, usedById: string): Promise<void> {
  await db.updateTable('invitation').set({ usedById }).where('id', '=', id).execute()
}

/** How many invitations a person has made since the id `since`. */
export const countInvitationsSince = async (db: Db, createdById: string, since: string): Promise<number> =>
  (
    await db
      .selectFrom('invitation')
      .where('createdById', '=', createdById)
      .where('id', '>=', since)
      .select(sql<number>`count(*)`.as('count'))
      .executeTakeFirstOrThrow()
  ).count
