import type { Insertable, Selectable } from 'kysely'
import { HOUR } from '../../lib/time.ts'
import type { Db } from '../database.ts'
import type { AuthSessionTable } from '../schema/access.ts'
import type { GrantRow } from './grants.ts'

/** Sessions past their end stay for so long, so that whoever comes late hears that they are late. */
const KEPT = HOUR

/** Adds a session, and forgets those long past their end. */
export async function insertAuthSession(db: Db, session: Insertable<AuthSessionTable>, now: number): Promise<void> {
  await db
    .deleteFrom('authSession')
    .where('expiresAt', '<=', now - KEPT)
    .execute()
  await db.insertInto('authSession').values(session).execute()
}

/** A session with whoever has allowed it. */
export type AuthSessionRow = Selectable<AuthSessionTable> & { allowedBy: string | null }

export const authSessionByDigest = (db: Db, digest: string): Promise<AuthSessionRow | undefined> =>
  db
    .selectFrom('authSession')
    .leftJoin('grant', 'grant.id', 'authSession.grantId')
    .where('authSession.digest', '=', digest)
    .selectAll('authSession')
    .select('grant.userId as allowedBy')
    .executeTakeFirst()

/** Answers a session that is open; false when it was answered before or is over. Of several answers at once, one counts. */
export async function answerAuthSession(
  db: Db,
  id: string,
  answer: { grantId: string | null; isRefused: boolean; expiresAt: number },
  now: number,
): Promise<boolean> {
  const row = await db
    .updateTable('authSession')
    .set(answer)
    .where('id', '=', id)
    .where('grantId', 'is', null)
    .where('isRefused', '=', false)
    .where('expiresAt', '>', now)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Takes what is left to claim of a session that was allowed: of any number of calls at once, one gets the grant. The
 * session is gone with it.
 */
export async function claimAuthSession(db: Db, id: string, now: number): Promise<GrantRow | undefined> {
  // The grant first, as revoking does: the other way round each could wait for the other.
  const grant = await db
    .updateTable('grant')
    .set({ claimableUntil: null })
    .where('id', '=', ({ selectFrom }) => selectFrom('authSession').where('id', '=', id).select('grantId'))
    .where('claimableUntil', '>', now)
    .returningAll()
    .executeTakeFirst()
  if (grant) await db.deleteFrom('authSession').where('id', '=', id).execute()
  return grant
}
