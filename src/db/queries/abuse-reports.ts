import type { Insertable } from 'kysely'
import type { Db } from '../database.ts'
import type { AbuseReportTable } from '../schema/people.ts'

export async function insertAbuseReport(tx: Db, report: Insertable<AbuseReportTable>): Promise<void> {
  await tx.insertInto('abuseReport').values(report).execute()
}
