import { sql } from 'kysely'
import { DAY } from '../../lib/time.ts'
import type { Db } from '../database.ts'

/** What there is on the server, and how many people were here in the last 180 and 30 days. */
export interface ServerCounts {
  users: number
  notes: number
  reactions: number
  activeHalfYear: number
  activeMonth: number
}

/** Counts all of it, which takes as long as there are many people and reactions. `now` is milliseconds since 1970. */
export async function countServer(db: Db, now: number): Promise<ServerCounts> {
  const activeIn = (days: number) =>
    sql<number>`coalesce(sum(case when "lastActiveAt" >= ${now - days * DAY} then 1 else 0 end), 0)`
  const people = await db
    .selectFrom('user')
    .where('isDeleted', '=', false)
    .select([
      sql<number>`count(*)`.as('users'),
      sql<number>`coalesce(sum("notesCount"), 0)`.as('notes'),
      activeIn(180).as('activeHalfYear'),
      activeIn(30).as('activeMonth'),
    ])
    .executeTakeFirstOrThrow()
  const reactions = db.selectFrom('reaction').select(sql<number>`count(*)`.as('count'))
  return { ...people, reactions: (await reactions.executeTakeFirstOrThrow()).count }
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
