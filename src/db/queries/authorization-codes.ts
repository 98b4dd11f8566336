import type { Selectable } from 'kysely'
import type { Db } from '../database.ts'
import type { AuthorizationCodeTable } from '../schema/access.ts'

export type AuthorizationCodeRow = Selectable<AuthorizationCodeTable>

export async function insertAuthorizationCode(db: Db, code: AuthorizationCodeRow): Promise<void> {
  await db.insertInto('authorizationCode').values(code).execute()
}

/** The code of a digest and whose grant it belongs to, used or not. */
export const authorizationCodeByDigest = (db: Db, digest: string) =>
  db
    .selectFrom('authorizationCode')
    .innerJoin('grant', 'grant.id', 'authorizationCode.grantId')
    .where('authorizationCode.digest', '=', digest)
    .selectAll('authorizationCode')
    .select(['grant.userId', 'grant.clientId'])
    .executeTakeFirst()
