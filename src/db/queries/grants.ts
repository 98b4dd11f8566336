import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db } from '../database.ts'
import { type Parameters, prepared } from '../prepared.ts'
import type { AccessTokenTable, GrantTable } from '../schema/access.ts'
import { assignedRoles } from './roles.ts'
import { callerColumns } from './users.ts'

export type GrantRow = Selectable<GrantTable>

const byDigest = prepared((db, p: Parameters<{ digest: string; folded: string }>) =>
  db
    .selectFrom('accessToken')
    .innerJoin('grant', 'grant.id', 'accessToken.grantId')
    .innerJoin('user', 'user.id', 'accessToken.userId')
    .where((row) => row.or([row('accessToken.digest', '=', p.digest), row('accessToken.legacyDigest', '=', p.folded)]))
    .where('user.isDeleted', '=', false)
    .select([
      'accessToken.id as tokenId',
      'accessToken.lastUsedAt',
      'accessToken.expiresAt as tokenExpiresAt',
      'accessToken.digest',
      'grant.id as grantId',
      'grant.permission',
      'grant.expiresAt as grantExpiresAt',
      'grant.name as appName',
      'grant.iconUrl as appIconUrl',
      ...callerColumns,
    ])
    .select(assignedRoles),
)

/**
 * The token with this digest, or whose second form has the digest `folded`, with its grant and what the gate asks of its
 * person.
 */
export const tokenByDigest = async (db: Db, digest: string, folded: string) =>
  (await byDigest(db, { digest, folded }))[0]

/** Adds a grant; false when its MiAuth session already has one. */
export async function insertGrant(db: Db, grant: Insertable<GrantTable>): Promise<boolean> {
  const row = await db
    .insertInto('grant')
    .values(grant)
    .onConflict((conflict) => conflict.column('miauthDigest').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function insertAccessToken(db: Db, token: Insertable<AccessTokenTable>): Promise<void> {
  await db.insertInto('accessToken').values(token).execute()
}

/** Takes what is left to claim of a MiAuth session: of any number of calls at once, one gets the grant. */
export const claimMiauthGrant = (db: Db, miauthDigest: string, now: number): Promise<GrantRow | undefined> =>
  db
    .updateTable('grant')
    .set({ claimableUntil: null })
    .where('miauthDigest', '=', miauthDigest)
    .where('claimableUntil', '>', now)
    .returningAll()
    .executeTakeFirst()

/** Takes what is left to claim of a grant, whether in time or not: of any number of calls at once, one gets it. */
export const claimGrant = (db: Db, id: string): Promise<GrantRow | undefined> =>
  db
    .updateTable('grant')
    .set({ claimableUntil: null })
    .where('id', '=', id)
    .where('claimableUntil', 'is not', null)
    .returningAll()
    .executeTakeFirst()

/** A person's grants that have a token or may yet get one, oldest first, with the last use of any of their tokens. */
export const grantsOf = (db: Db, userId: string, now: number) =>
  db
    .selectFrom('grant')
    .leftJoin('app', 'app.id', 'grant.appId')
    .leftJoin(
      (from) =>
        from
          .selectFrom('accessToken')
          .where('userId', '=', userId)
          .groupBy('grantId')
          .select(['grantId', sql<number | null>`max("lastUsedAt")`.as('lastUsedAt')])
          .as('uses'),
      (join) => join.onRef('uses.grantId', '=', 'grant.id'),
    )
    .where('grant.userId', '=', userId)
    .where((row) => row.or([row('grant.claimableUntil', '>', now), row('uses.grantId', 'is not', null)]))
    .selectAll('grant')
    .select(['uses.lastUsedAt', 'app.name as appName', 'app.description as appDescription'])
    .orderBy('grant.id')
    .execute()

/** Ends a person's grant and its tokens; whether there was one. */
export async function deleteGrant(db: Db, userId: string, id: string): Promise<boolean> {
  const row = await db
    .deleteFrom('grant')
    .where('userId', '=', userId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Digests of the tokens of a grant, to tell caches and sockets that they are gone. */
export const tokenDigestsOf = async (db: Db, grantId: string): Promise<string[]> =>
  (await db.selectFrom('accessToken').select('digest').where('grantId', '=', grantId).execute()).map(
    (row) => row.digest,
  )

/** Removes grants that nobody claimed in time. */
export async function deleteUnclaimedGrants(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom('grant')
    .where('claimableUntil', '<=', now)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('accessToken').select('id').whereRef('accessToken.grantId', '=', 'grant.id'))),
    )
    .execute()
}

export async function touchToken(db: Db, id: string, lastUsedAt: number): Promise<void> {
  await db.updateTable('accessToken').set({ lastUsedAt }).where('id', '=', id).execute()
}
