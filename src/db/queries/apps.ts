import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db } from '../database.ts'
import type { AppTable } from '../schema/access.ts'

export type AppRow = Selectable<AppTable>

export async function insertApp(db: Db, app: Insertable<AppTable>): Promise<void> {
  await db.insertInto('app').values(app).execute()
}

export const appById = (db: Db, id: string): Promise<AppRow | undefined> =>
  db.selectFrom('app').selectAll().where('id', '=', id).executeTakeFirst()

export const appBySecretDigest = (db: Db, secretDigest: string): Promise<AppRow | undefined> =>
  db.selectFrom('app').selectAll().where('secretDigest', '=', secretDigest).executeTakeFirst()

/** The applications a person has registered, oldest first. */
export const appsOf = (db: Db, userId: string, page: { limit: number; offset: number }): Promise<AppRow[]> =>
  db
    .selectFrom('app')
    .selectAll()
    .where('userId', '=', userId)
    .orderBy('id')
    .limit(page.limit)
    .offset(page.offset)
    .execute()

/** A person's grants to registered applications that have not ended, and have a token or may yet get one. */
const liveGrants = (db: Db, userId: string, now: number) =>
  db
    .selectFrom('grant')
    .where('grant.userId', '=', userId)
    .where('grant.appId', 'is not', null)
    .where((row) => row.or([row('grant.expiresAt', 'is', null), row('grant.expiresAt', '>', now)]))
    .where((row) =>
      row.or([
        row('grant.claimableUntil', '>', now),
        row.exists(row.selectFrom('accessToken').whereRef('accessToken.grantId', '=', 'grant.id').select('id')),
      ]),
    )

/** The registered applications a person has granted something, each once, by the time of the latest grant. */
export const authorizedApps = (
  db: Db,
  userId: string,
  page: { limit: number; offset: number; sort: 'asc' | 'desc' },
  now: number,
): Promise<AppRow[]> =>
  liveGrants(db, userId, now)
    .innerJoin('app', 'app.id', 'grant.appId')
    .groupBy('app.id')
    .selectAll('app')
    .orderBy(sql`max("grant"."id")`, page.sort)
    .limit(page.limit)
    .offset(page.offset)
    .execute()

/** Which of these applications a person has granted something. */
export async function authorizedAmong(
  db: Db,
  userId: string,
  appIds: readonly string[],
  now: number,
): Promise<Set<string>> {
  if (appIds.length === 0) return new Set()
  const rows = await liveGrants(db, userId, now).where('grant.appId', 'in', appIds).select('grant.appId').execute()
  return new Set(rows.map(({ appId }) => appId!))
}
