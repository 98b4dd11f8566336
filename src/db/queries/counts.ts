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

/** How many reactions there are. */
export async function countReactions(db: Db): Promise<number> {
  const { count } = await db.selectFrom('reaction').select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()
  return Number(count)
}

/** How many people were here since a moment in milliseconds. */
export async function countActiveSince(db: Db, moment: number): Promise<number> {
  const { count } = await db
    .selectFrom('user')
    .where('lastActiveAt', '>=', moment)
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Resolves when the database answers at all. */
export async function answers(db: Db): Promise<void> {
  await sql`select 1`.execute(db)
}
