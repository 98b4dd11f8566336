import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** The registered applications a person has granted something, each once, by the time of the latest grant. */
export const authorizedApps = (db: Db, userId: string, page: { limit: number; offset: number; sort: 'asc' | 'desc' }) =>
  db
    .selectFrom('grant')
    .innerJoin('app', 'app.id', 'grant.appId')
    .where('grant.userId', '=', userId)
    .groupBy('app.id')
    .select(['app.id', 'app.name', 'app.callbackUrl', 'app.permission'])
    .orderBy(sql`max("grant"."id")`, page.sort)
    .limit(page.limit)
    .offset(page.offset)
    .execute()
