import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** How many people and notes there are; the active ones since moments in milliseconds. */
export async function serverCounts(db: Db, since: { halfYear: number; month: number }) {
  const activeSince = (moment: number) =>
    sql<number>`coalesce(sum(case when "lastActiveAt" >= ${moment} then 1 else 0 end), 0)`
  const people = await db
    .selectFrom('user')
    .where('isDeleted', '=', false)
    .select([
      sql<number>`count(*)`.as('users'),
      sql<number>`coalesce(sum("notesCount"), 0)`.as('notes'),
      activeSince(since.halfYear).as('activeHalfYear'),
      activeSince(since.month).as('activeMonth'),
    ])
    .executeTakeFirstOrThrow()
  return people
}

/** Resolves when the database answers at all. */
export async function answers(db: Db): Promise<void> {
  await sql`select 1`.execute(db)
}
