import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import type { SessionTable } from '../schema/access.ts'
import { assignedRoles } from './roles.ts'
import { callerColumns } from './users.ts'

export type SessionRow = Selectable<SessionTable>

const byDigest = prepared((db, p: Parameters<{ digest: string }>) =>
  db
    .selectFrom('session')
    .innerJoin('user', 'user.id', 'session.userId')
    .where('session.digest', '=', p.digest)
    .where('user.isDeleted', '=', false)
    .select(['session.id as sessionId', 'session.lastUsedAt', ...callerColumns])
    .select(assignedRoles),
)

/** The session whose native token has this digest, with what the gate asks of its person. */
export const sessionByDigest = async (db: Db, digest: string) => (await byDigest(db, { digest }))[0]

export async function insertSession(db: Db, session: Insertable<SessionTable>): Promise<void> {
  await db.insertInto('session').values(session).execute()
}

/** A person's sessions, latest first. */
export const sessionsOf = (db: Db, userId: string): Promise<SessionRow[]> =>
  db.selectFrom('session').selectAll().where('userId', '=', userId).orderBy('id', 'desc').execute()

/** Ends a session of a person; its digest, or undefined when there was none. */
export const deleteSession = (db: Db, userId: string, id: string): Promise<{ digest: string } | undefined> =>
  db.deleteFrom('session').where('userId', '=', userId).where('id', '=', id).returning('digest').executeTakeFirst()

/** Ends all sessions of a person; their digests. */
export const deleteSessionsOf = (db: Db, userId: string): Promise<{ digest: string }[]> =>
  db.deleteFrom('session').where('userId', '=', userId).returning('digest').execute()

export async function touchSession(db: Db, id: string, lastUsedAt: number): Promise<void> {
  await db.updateTable('session').set({ lastUsedAt }).where('id', '=', id).execute()
}
